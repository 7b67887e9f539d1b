/* On every page: waits for a search box to have the focus, then fetches the
   engine and the entry of the index side by side. Nothing is fetched before. */
(function (w, d) {
  'use strict';
  w.belfry_search = w.belfry_search || function (name, value) { (w.belfry_search.q = w.belfry_search.q || []).push([name, value]); };
  function start(el) {
    if (d.documentElement.hasAttribute('data-search')) return;
    d.documentElement.setAttribute('data-search', '');
    // Without script the form leads to the list A to Z; with it, to the results.
    if (el.getAttribute('data-results')) el.action = el.getAttribute('data-results');
    [el.getAttribute('data-engine'), el.getAttribute('data-index') + (el.getAttribute('data-lang') || d.documentElement.lang) + '.js'].forEach(function (src) {
      var s = d.createElement('script');
      s.src = src;
      s.async = true;
      d.head.appendChild(s);
    });
  }
  function box(e) {
    var el = e.target.closest && e.target.closest('[data-module~="search"]');
    if (el && e.target.type === 'search') start(el);
  }
  d.addEventListener('focusin', box);
  d.addEventListener('input', box);
  function page() {
    var el = d.querySelector('[data-module~="search-results"]') || (d.activeElement && d.activeElement.type === 'search' && d.activeElement.closest('[data-module~="search"]'));
    if (el) start(el);
  }
  if (d.readyState === 'loading') d.addEventListener('DOMContentLoaded', page); else page();
})(window, document);
