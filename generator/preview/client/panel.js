// The panel in a served page: what is wrong here, and the page in other ways.
// In a frame of the view page there is none, for that one has its own.
if (window.top !== window) return;

var me = document.currentScript;
var page = me.dataset.page;
var keep = 'belfry.place';

function stored(key) {
  try { return sessionStorage.getItem(key); } catch (e) { return null; }
}

function store(key, value) {
  try {
    if (value === null) sessionStorage.removeItem(key); else sessionStorage.setItem(key, value);
  } catch (e) { /* without storage the page starts at its top */ }
}

var reloading = false;

// reload keeps the place itself: browsers keep the number of pixels, and move
// there some time after the page has come.
function reload() {
  reloading = true;
  var place = placeOf(window);
  place.path = location.pathname + location.search;
  store(keep, JSON.stringify(place));
  history.scrollRestoration = 'manual';
  location.reload();
}

(function restore() {
  var place = JSON.parse(stored(keep) || 'null');
  store(keep, null);
  if (!place || place.path !== location.pathname + location.search) return;
  goTo(window, place);
  var y = window.scrollY;
  addEventListener('load', function () {
    if (window.scrollY === y) goTo(window, place); // pictures have taken their room
  });
})();

// Going back and forth is the browser's affair again.
addEventListener('pagehide', function () {
  if (!reloading) history.scrollRestoration = 'auto';
});

var host = element('belfry-preview');
var root = host.attachShadow({ mode: 'open' });
var sheet = element('link');
sheet.rel = 'stylesheet';
sheet.href = '/.belfry/preview.css';
var panel = element('section', 'panel');
panel.hidden = true;
sheet.onload = function () { panel.hidden = false; };
var toggle = element('button', 'toggle');
toggle.type = 'button';
toggle.setAttribute('aria-controls', 'inner');
var inner = element('div', 'inner');
inner.id = 'inner';
var status = element('p', 'status');
status.setAttribute('role', 'status');
panel.append(inner, status, toggle);
root.append(sheet, panel);
document.body.appendChild(host);

function show(open) {
  inner.hidden = !open;
  toggle.setAttribute('aria-expanded', String(open));
}
toggle.addEventListener('click', function () {
  show(inner.hidden);
  store('belfry.panel', inner.hidden ? 'closed' : 'open');
});
panel.addEventListener('keydown', function (e) {
  if (e.key === 'Escape' && !inner.hidden) {
    toggle.click();
    toggle.focus();
  }
});

// opener is a button that has the server open a file, or plain text where it may not.
function opener(data, label, name, file, line, column) {
  var e = element(data.token ? 'button' : 'span', name);
  e.append(element('bdi', '', label));
  if (!data.token) return e;
  e.type = 'button';
  e.title = data.texts.open;
  e.addEventListener('click', function () {
    var form = new URLSearchParams({ token: data.token, file: file, line: line, column: column });
    fetch('/.belfry/open', { method: 'POST', body: form })
      .then(function (r) { return r.ok ? data.texts.opened : r.text(); })
      .then(function (text) { status.textContent = text; }, function () { status.textContent = data.texts.offline; });
  });
  return e;
}

function list(data, title, faults, rest) {
  var part = element('div', 'part');
  part.append(element('h2', '', title));
  if (!faults.length) {
    part.append(element('p', '', data.texts.none));
    return part;
  }
  var ul = element('ul');
  faults.forEach(function (f) {
    var li = element('li', f.severity);
    var where = f.file + (f.line ? ':' + f.line : '');
    var head = element('p', 'head');
    head.append(element('b', '', data.texts[f.severity]), ' ', opener(data, where, 'where', f.file, f.line || 1, f.column || 1));
    var message = element('p');
    message.append(element('bdi', '', f.message));
    li.append(head, message);
    if (f.excerpt) {
      var code = element('pre');
      code.append(element('bdi', '', f.excerpt));
      li.append(code);
    }
    if (f.hint) {
      var hint = element('p', 'hint');
      hint.append(element('bdi', '', f.hint));
      li.append(hint);
    }
    ul.append(li);
  });
  part.append(ul);
  if (rest > 0) part.append(element('p', '', data.texts.more.replace('{n}', rest)));
  return part;
}

// ways lead to the view page with one thing changed.
function ways(data) {
  var nav = element('nav', 'part');
  nav.setAttribute('aria-label', data.texts.try);
  nav.append(element('h2', '', data.texts.try));
  var row = element('p', 'ways');
  [['width=360', data.texts.width.replace('{n}', 360)], ['width=768', data.texts.width.replace('{n}', 768)],
    ['width=1280', data.texts.width.replace('{n}', 1280)], ['dark=1', data.texts.dark], ['rtl=1', data.texts.rtl],
    ['script=0', data.texts.noscript]].forEach(function (way) {
    var a = element('a', '', way[1]);
    a.href = '/.belfry/view?page=' + encodeURIComponent(location.pathname) + '&' + way[0];
    row.append(a, ' ');
  });
  nav.append(row);
  return nav;
}

function fill(data) {
  var t = data.texts;
  var n = data.counts;
  var all = n.error + n.warning + n.note;
  var focused = root.activeElement && root.activeElement !== toggle;
  panel.lang = t.lang;
  panel.setAttribute('aria-label', t.title);
  inner.replaceChildren();
  if (data.source) inner.append(opener(data, t.edit + ': ' + data.source, 'edit', data.source, 1, 1));
  inner.append(list(data, t.page, data.here, 0), ways(data), list(data, t.portal, data.all, all - data.all.length));
  toggle.replaceChildren(element('span', '', t.title));
  [['error', t.errors], ['warning', t.warnings], ['note', t.notes]].forEach(function (level) {
    if (n[level[0]]) toggle.append(' ', element('span', 'count ' + level[0], level[1] + ': ' + n[level[0]]));
  });
  var wish = stored('belfry.panel');
  show(wish ? wish === 'open' : data.here.some(function (f) { return f.severity === 'error'; }));
  if (focused) toggle.focus();
  offline = t.offline;
}

var offline = '';
show(false);
ask(page, fill);
listen(me.dataset.version, {
  changed: reload,
  faults: function () { ask(page, fill); },
  state: function (up) {
    if (!up) status.textContent = offline;
    else if (status.textContent === offline) status.textContent = '';
  }
});
