// The view page: one page in a frame, narrow or wide, dark, right to left or
// without script. The frame is of our own origin, so all but the missing script
// is done to it from here and the page is served as it is.
var query = new URLSearchParams(location.search);
var frame = document.querySelector('iframe');
var bar = document.querySelector('nav');
var texts = null;
var place = null;

// The address may be any, the frame shows our own pages only.
var asked = new URL(query.get('page') || '/', location.origin + '/');
var address = asked.origin === location.origin ? asked.pathname + asked.search : '/';

function on(key, value) { return query.get(key) === value; }

function remember() {
  query.set('page', address);
  history.replaceState(null, '', '/.belfry/view?' + query);
}

// load puts a new frame in the place of the old: a frame's sandbox is settled when
// its document begins.
function load() {
  var next = frame.cloneNode(false);
  if (on('script', '0')) next.setAttribute('sandbox', 'allow-same-origin allow-forms allow-popups');
  else next.removeAttribute('sandbox');
  next.style.maxWidth = query.get('width') ? Number(query.get('width')) + 'px' : '';
  next.src = address;
  next.addEventListener('load', loaded);
  frame.replaceWith(next);
  frame = next;
}

function loaded() {
  var doc;
  try { doc = frame.contentDocument; } catch (e) { return; }
  if (!doc || !doc.location || doc.location.origin !== location.origin) return;
  address = doc.location.pathname + doc.location.search;
  remember();
  document.title = doc.title;
  if (on('dark', '1')) darken(doc);
  if (on('rtl', '1')) doc.documentElement.dir = 'rtl';
  if (place) goTo(frame.contentWindow, place);
  place = null;
  draw();
}

// darken lets the rules for a dark scheme hold and those for a light one not.
function darken(doc) {
  doc.documentElement.style.colorScheme = 'dark';
  function change(text) {
    return text.replace(/\(\s*prefers-color-scheme\s*:\s*dark\s*\)/g, '(min-width: 0)')
      .replace(/\(\s*prefers-color-scheme\s*:\s*light\s*\)/g, '(max-width: 0)');
  }
  function walk(rules) {
    Array.prototype.forEach.call(rules, function (rule) {
      if (rule.media && rule.media.mediaText) rule.media.mediaText = change(rule.media.mediaText);
      if (rule.styleSheet) walk(rule.styleSheet.cssRules);
      else if (rule.cssRules) walk(rule.cssRules);
    });
  }
  Array.prototype.forEach.call(doc.styleSheets, function (sheet) {
    if (sheet.media.mediaText) sheet.media.mediaText = change(sheet.media.mediaText);
    try { walk(sheet.cssRules); } catch (e) { /* of another origin */ }
  });
  doc.querySelectorAll('source[media]').forEach(function (s) { s.media = change(s.media); });
}

function button(text, pressed, act) {
  var b = element('button', '', text);
  b.type = 'button';
  b.setAttribute('aria-pressed', String(pressed));
  b.addEventListener('click', function () {
    act();
    remember();
    draw();
    load();
  });
  return b;
}

function draw() {
  if (!texts) return;
  var at = Array.prototype.indexOf.call(bar.children, document.activeElement);
  bar.replaceChildren();
  var back = element('a', '', texts.back);
  back.href = address;
  bar.append(back);
  ['360', '768', '1280', ''].forEach(function (w) {
    bar.append(button(w ? texts.width.replace('{n}', w) : texts.full, (query.get('width') || '') === w, function () {
      if (w) query.set('width', w); else query.delete('width');
    }));
  });
  [['dark', '1'], ['rtl', '1'], ['script', '0']].forEach(function (flag) {
    bar.append(button(flag[0] === 'script' ? texts.noscript : texts[flag[0]], on(flag[0], flag[1]), function () {
      if (on(flag[0], flag[1])) query.delete(flag[0]); else query.set(flag[0], flag[1]);
    }));
  });
  if (at >= 0) bar.children[at].focus();
}

// The version is asked first, so that a change in between loads once too often
// and never once too seldom.
ask('', function (data) {
  load();
  texts = data.texts;
  document.documentElement.lang = texts.lang;
  bar.setAttribute('aria-label', texts.title);
  frame.title = texts.title;
  draw();
  listen(data.version, {
    changed: function () {
      place = placeOf(frame.contentWindow);
      load();
    },
    faults: function () {},
    state: function () {}
  });
});
