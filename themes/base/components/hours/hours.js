/* Marks the row of today in a table of opening hours and writes above it whether the office is open, in the office's own
   time zone. Everything it needs stands in data attributes; where the browser cannot tell the time there (no Intl), the
   table stays as it is. data-spans holds minutes from midnight, "510-720,780-1020"; data-closed-on holds dates and
   ranges of dates, "2026-09-22 2026-12-24/2026-12-28". */
(function () {
  'use strict';
  var DAYS = { Mon: 1, Tue: 2, Wed: 3, Thu: 4, Fri: 5, Sat: 6, Sun: 7 };

  /* The date, weekday and minute it is in the zone, days from today. */
  function clock(zone, now) {
    var parts = {};
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone, hourCycle: 'h23', weekday: 'short',
      year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit'
    }).formatToParts(now).forEach(function (p) { parts[p.type] = p.value; });
    return {
      date: parts.year + '-' + parts.month + '-' + parts.day,
      day: DAYS[parts.weekday],
      minute: (+parts.hour % 24) * 60 + +parts.minute
    };
  }
  function later(date, days) {
    var d = new Date(date + 'T12:00:00Z');
    d.setUTCDate(d.getUTCDate() + days);
    return d.toISOString().slice(0, 10);
  }
  function closed(list, date) {
    return list.split(' ').some(function (range) {
      var ends = range.split('/');
      return range && date >= ends[0] && date <= (ends[1] || ends[0]);
    });
  }
  function spans(row) {
    return (row.getAttribute('data-spans') || '').split(',').filter(Boolean).map(function (s) {
      return s.split('-').map(Number);
    });
  }
  function time(minute) {
    return Math.floor(minute / 60) % 24 + ':' + ('0' + minute % 60).slice(-2);
  }
  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, function (all, name) { return values[name] || ''; });
  }

  function mark(table) {
    var now = clock(table.getAttribute('data-zone'), new Date());
    var off = table.getAttribute('data-closed-on') || '';
    var rows = {};
    [].forEach.call(table.querySelectorAll('[data-day]'), function (row) { rows[row.getAttribute('data-day')] = row; });
    var text = table.getAttribute('data-closed'), open = false, found = false;
    for (var i = 0; i < 15 && !found; i++) {
      var row = rows[(now.day - 1 + i) % 7 + 1];
      if (!row || closed(off, later(now.date, i))) continue;
      spans(row).forEach(function (span) {
        if (found || (i === 0 && span[1] <= now.minute)) return;
        found = true;
        open = i === 0 && span[0] <= now.minute;
        text = fill(table.getAttribute(open ? 'data-open' : 'data-opens'), {
          time: time(open ? span[1] : span[0]),
          day: i === 0 ? '' : row.querySelector('th').textContent
        });
      });
    }
    if (rows[now.day]) rows[now.day].className = 'today';
    if (!text) return;
    var line = document.createElement('p');
    line.textContent = text.replace(/ +/g, ' ');
    if (open) line.className = 'open';
    var frame = table.parentNode;
    frame.parentNode.insertBefore(line, frame);
  }

  [].forEach.call(document.querySelectorAll('[data-module="hours"]'), function (table) {
    try { mark(table); } catch (e) { /* the table says all */ }
  });
})();
