// The stream of changes. A tab has at most one, and only while it is seen:
// browsers open six connections to a host, and a seventh tab would wait for ever.
function listen(version, told) {
  var stream = null;
  var retry = 0;
  function open() {
    if (stream || document.hidden) return;
    stream = new EventSource('/.belfry/events');
    stream.addEventListener('version', function (e) {
      told.state(true);
      if (e.data !== version) {
        version = e.data;
        told.changed();
      }
    });
    stream.addEventListener('faults', function () { told.faults(); });
    stream.onerror = function () {
      told.state(false);
      // The browser tries again by itself, but not after an answer other than 200.
      if (stream && stream.readyState === EventSource.CLOSED) {
        close();
        retry = setTimeout(open, 2000);
      }
    };
  }
  function close() {
    clearTimeout(retry);
    if (stream) stream.close();
    stream = null;
  }
  document.addEventListener('visibilitychange', function () { if (document.hidden) close(); else open(); });
  addEventListener('pagehide', close);
  addEventListener('pageshow', open);
  open();
}

// ask fetches what is wrong with a page; nothing comes of it while the server is away.
function ask(page, then) {
  fetch('/.belfry/faults.json?page=' + encodeURIComponent(page))
    .then(function (r) { return r.json(); })
    .then(then, function () {});
}

// element makes an element with a class and, as text and never as markup, a text.
function element(tag, name, text) {
  var e = document.createElement(tag);
  if (name) e.className = name;
  if (text) e.textContent = text;
  return e;
}

// A place to read is kept as the heading above it and the way from there, so that
// what is written further up moves nothing.
function placeOf(win) {
  var best = null;
  var top = 0;
  if (win.scrollY > 0) {
    win.document.querySelectorAll('main [id]').forEach(function (e) {
      var at = e.getBoundingClientRect();
      if (at.height > 0 && at.top <= win.innerHeight / 3) {
        best = e.id;
        top = at.top;
      }
    });
  }
  return { x: win.scrollX, y: win.scrollY, id: best, top: top };
}

function goTo(win, place) {
  var e = place.id && win.document.getElementById(place.id);
  var y = e ? win.scrollY + e.getBoundingClientRect().top - place.top : place.y;
  win.scrollTo({ left: place.x, top: y, behavior: 'instant' });
}
