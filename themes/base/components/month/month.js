/* Marks the cell of today in the table of a month. The page itself never says "today": it may be read weeks after it was built. */
(function () {
  'use strict';
  var now = new Date(), two = function (n) { return ('0' + n).slice(-2); };
  var cell = document.querySelector('[data-date="' + now.getFullYear() + '-' + two(now.getMonth() + 1) + '-' + two(now.getDate()) + '"]');
  if (!cell) return;
  cell.className = 'today';
  cell.setAttribute('aria-current', 'date');
})();
