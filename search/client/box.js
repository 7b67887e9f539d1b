/* The search box as a combobox with a list of results (WAI-ARIA APG, list
   autocomplete with manual selection), and the page of results. README.md has
   the markup they expect. Both use belfry.search() as any page may. */
(function (w, d) {
  'use strict';
  var belfry = w.belfry, serial = 0;

  function texts(el) {
    var t = el.querySelector('script[type="application/json"]');
    try { return t ? JSON.parse(t.textContent) : w.belfry_texts || {}; } catch (e) { return {}; }
  }
  function say(t, key, values) {
    return String(t[key] || '').replace(/\{(\w+)\}/g, function (all, k) { return k in values ? values[k] : all; });
  }
  function count(t, lang, n, q) {
    var form;
    try { form = new Intl.PluralRules(lang).select(n); } catch (e) { form = n === 1 ? 'one' : 'other'; }
    return say(t.count || {}, t.count && t.count[form] ? form : 'other', { n: n, q: q });
  }
  function make(tag, attrs, parent) {
    var el = d.createElement(tag);
    for (var k in attrs) if (k === 'text') el.textContent = attrs[k]; else el.setAttribute(k, attrs[k]);
    if (parent) parent.appendChild(el);
    return el;
  }
  function marked(el, index, text, terms) {
    index.mark(text, terms).forEach(function (p) { if (p[1]) make('mark', { text: p[0] }, el); else el.appendChild(d.createTextNode(p[0])); });
  }
  function label(t, facet, value) { return (t.values && t.values[facet] && t.values[facet][value]) || value; }
  function options(el) { return { base: el.getAttribute('data-index'), lang: el.getAttribute('data-lang') || d.documentElement.lang }; }

  function Box(form) {
    var input = form.querySelector('input[type="search"]'), t = texts(form), o = options(form), id = 'search-' + ++serial;
    var current = -1, asked = 0, shown = [], last = '';
    if (!input) return;
    if (t.sheet && !d.getElementById('search-sheet')) {
      make('link', { id: 'search-sheet', rel: 'stylesheet', href: form.getAttribute('data-engine').replace(/[^/]*$/, '') + t.sheet }, d.head);
    }
    var list = make('ul', { id: id, role: 'listbox', class: 'search-list', hidden: '', 'aria-label': t.list || t.label || '' });
    input.parentNode.insertBefore(list, input.nextSibling);
    var status = make('div', { role: 'status', class: 'visually-hidden' }, form);
    var role = { role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': id, autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false' };
    for (var k in role) input.setAttribute(k, role[k]);

    function close() { list.hidden = true; input.setAttribute('aria-expanded', 'false'); pick(-1); }
    function pick(i) {
      shown.forEach(function (s, k) { s.el.setAttribute('aria-selected', k === i); });
      current = i;
      if (i < 0) input.removeAttribute('aria-activedescendant');
      else { input.setAttribute('aria-activedescendant', shown[i].el.id); shown[i].el.scrollIntoView({ block: 'nearest' }); }
    }
    function go(i) { if (shown[i].url) w.location.href = shown[i].url; else { close(); form.requestSubmit ? form.requestSubmit() : form.submit(); } }
    /* While a word is being finished, what stays in the list keeps its order,
       lest a line moves from under the finger; only what has become clearly
       better may pass. */
    function steady(results, q) {
      var was = last && q.startsWith(last) && !/\s/.test(q.slice(last.length)) ? shown.map(function (s) { return s.url; }) : [];
      var stay = results.filter(function (x) { return was.includes(x.url); }).sort(function (a, b) { return was.indexOf(a.url) - was.indexOf(b.url); });
      last = q;
      if (!stay[0] || results[0].score * 8 > stay[0].score * 9) return results;
      return results.map(function (x) { return was.includes(x.url) ? stay.shift() : x; });
    }
    function show(index, r, q) {
      var results = steady(r.results, q);
      list.textContent = '';
      shown = [];
      results.forEach(function (x) {
        var li = make('li', { role: 'option', id: id + '-' + shown.length, 'aria-selected': 'false' }, list);
        marked(make('span', { class: 'search-title' }, li), index, x.title, r.terms);
        if (x.type) make('span', { class: 'search-type', text: label(t, 'type', x.type) }, li);
        shown.push({ el: li, url: x.url });
      });
      if (r.total > r.results.length && t.all) {
        shown.push({ el: make('li', { role: 'option', id: id + '-' + shown.length, 'aria-selected': 'false', class: 'search-all', text: say(t, 'all', { q: q, n: r.total }) }, list) });
      }
      shown.forEach(function (s, i) { s.el.addEventListener('mousedown', function (e) { e.preventDefault(); }); s.el.addEventListener('click', function () { go(i); }); });
      pick(-1);
      list.hidden = !shown.length;
      input.setAttribute('aria-expanded', String(!!shown.length));
      status.textContent = r.total ? count(t, o.lang, r.total, q) : say(t, 'none', { q: q });
    }
    function ask() {
      var q = input.value.trim(), mine = ++asked;
      if (q.length < 2) { close(); status.textContent = ''; return; }
      Promise.all([belfry.index(o), belfry.search(q, Object.assign({ limit: 6 }, o))]).then(function (a) {
        // An answer that comes after a later question is no answer any more.
        if (mine === asked && d.activeElement === input) show(a[0], a[1], q);
      }, function () { if (mine === asked) close(); });
    }
    input.addEventListener('input', ask);
    input.addEventListener('keydown', function (e) {
      var n = shown.length, open = !list.hidden;
      if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
        e.preventDefault();
        if (!open) { if (n && input.value.trim().length > 1) { list.hidden = false; input.setAttribute('aria-expanded', 'true'); } else ask(); }
        if (!list.hidden && n) pick(e.key === 'ArrowDown' ? (current + 2) % (n + 1) - 1 : (current + n + 1) % (n + 1) - 1);
      } else if (e.key === 'Enter' && open && current >= 0) { e.preventDefault(); go(current); }
      else if (e.key === 'Escape' && open) { e.preventDefault(); close(); }
      else if (e.key === 'Home' || e.key === 'End' || e.key === 'ArrowLeft' || e.key === 'ArrowRight') pick(-1);
    });
    input.addEventListener('blur', close);
    if (d.activeElement === input && input.value) ask();
  }

  function Page(el) {
    var t = texts(el), o = options(el), step = 20, asked = 0;
    var boxes = Array.from(d.querySelectorAll('form[data-module~="search"] input[type="search"]'));
    var none = d.querySelector('[data-search-none]'), narrow = d.querySelector('[data-search-facets]');

    /* The address says it all: ?q=words&type=service&audience=citizen&n=40 */
    function state() {
      var u = new URLSearchParams(w.location.search), s = { q: u.get('q') || '', n: Math.min(+u.get('n') || step, 1000), filters: {} };
      u.forEach(function (v, k) { if (k !== 'q' && k !== 'n') (s.filters[k] = s.filters[k] || []).push(v); });
      return s;
    }
    function address(s) {
      var u = new URLSearchParams({ q: s.q });
      for (var k in s.filters) s.filters[k].forEach(function (v) { u.append(k, v); });
      if (s.n > step) u.set('n', s.n);
      return '?' + u;
    }
    function move(s, replace) {
      // From a folder (file://) some browsers refuse a new address: the page works on without.
      try { w.history[replace ? 'replaceState' : 'pushState'](null, '', address(s)); } catch (e) { /* stays as it is */ }
      render(s);
    }
    function facets(r, s) {
      if (!narrow) return;
      narrow.textContent = '';
      r.facets.forEach(function (f) {
        var own = s.filters[f.name] || [], values = f.values.filter(function (v) { return v.count || own.includes(v.value); });
        if (values.length < 2 && !own.length) return;
        var set = make('fieldset', {}, narrow);
        make('legend', { text: (t.facets && t.facets[f.name]) || f.name }, set);
        values.forEach(function (v) {
          var l = make('label', {}, set), c = make('input', { type: 'checkbox', name: f.name, value: v.value }, l);
          c.checked = own.includes(v.value);
          l.appendChild(d.createTextNode(' ' + label(t, f.name, v.value) + ' '));
          make('span', { class: 'results-number', text: v.count }, l);
          c.addEventListener('change', function () {
            var next = Object.assign({}, s.filters);
            next[f.name] = own.filter(function (x) { return x !== v.value; }).concat(c.checked ? v.value : []);
            move({ q: s.q, n: step, filters: next });
            narrow.querySelectorAll('input').forEach(function (x) { if (x.name === f.name && x.value === v.value) x.focus(); });
          });
        });
      });
      narrow.hidden = !narrow.firstChild;
      if (narrow.parentNode.tagName === 'DETAILS') narrow.parentNode.hidden = narrow.hidden;
    }
    function render(s) {
      var mine = ++asked;
      boxes.forEach(function (b) { b.value = s.q; });
      if (!s.q.trim()) { el.textContent = ''; return; }
      Promise.all([belfry.index(o), belfry.search(s.q, { base: o.base, lang: o.lang, limit: s.n, filters: s.filters, facets: true })]).then(function (a) {
        if (mine !== asked) return;
        var index = a[0], r = a[1], old = el.querySelectorAll('.results > li').length;
        Array.from(el.children).forEach(function (c) { if (c.tagName !== 'SCRIPT') c.remove(); });
        make('p', { class: 'results-count', role: 'status', text: r.total ? count(t, o.lang, r.total, s.q) : say(t, 'none', { q: s.q }) }, el);
        if (none) none.hidden = r.total > 0;
        if (r.widened.length && r.total) {
          make('p', { class: 'results-widened', text: say(t, 'widened', { words: r.widened.map(function (x) { return x.word; }).join(', ') }) }, el);
        }
        var list = make('ol', { class: 'results' }, el);
        r.results.forEach(function (x) {
          var li = make('li', {}, list);
          marked(make('a', { class: 'results-title', href: x.url }, li), index, x.title, r.terms);
          if (x.type) make('span', { class: 'results-type', text: label(t, 'type', x.type) }, li);
          if (x.summary) marked(make('p', { class: 'results-summary' }, li), index, x.summary, r.terms);
          var facts = [x.related.length ? '' : x.office, x.cost].filter(Boolean).join(' · ');
          if (facts) make('p', { class: 'results-facts', text: facts }, li);
          if (x.related.length) {
            var ul = make('ul', { class: 'results-offices', 'aria-label': t.offices || '' }, li);
            x.related.forEach(function (y) { make('a', { href: y.url, text: y.title }, make('li', {}, ul)); });
          }
        });
        if (r.total > r.results.length) {
          make('button', { type: 'button', class: 'results-more', text: t.more || '+' }, el).addEventListener('click', function () {
            move({ q: s.q, n: s.n + step, filters: s.filters }, true);
          });
        }
        // After "more results" the focus goes to the first new one.
        if (old && r.results.length > old && s.n > step) list.children[old].querySelector('a').focus();
        facets(r, s);
      }, function () { if (mine === asked && none) none.hidden = false; });
    }
    w.addEventListener('popstate', function () { render(state()); });
    render(state());
  }

  function begin() {
    d.querySelectorAll('form[data-module~="search"]').forEach(Box);
    d.querySelectorAll('[data-module~="search-results"]').forEach(Page);
  }
  if (d.readyState === 'loading') d.addEventListener('DOMContentLoaded', begin); else begin();
})(window, document);
