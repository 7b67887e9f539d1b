// form.js works on the page: it shows what is asked, goes step by step, says what
// is missing, keeps answers and sends them. Without it the page works all the
// same. The README of this package tells what the page must hold.
(() => {
  "use strict";
  var form = document.querySelector("form[data-form]"), spec = self.belfrySpec;
  if (!form || !spec || !self.belfryForm) return;
  var judge = self.belfryForm, title = document.title;
  var name = "belfry-form:" + spec.form + ":" + spec.version, posts = spec.send != "print" && spec.send != "download";
  var today = new Date(), current = 0, warned = new Set(), key = "", busy;
  today = new Date(Date.UTC(today.getFullYear(), today.getMonth(), today.getDate())).toISOString().slice(0, 10);

  function all(selector, root) { return Array.from((root || form).querySelectorAll(selector)); }
  function inputs(root) { return all("input,select,textarea", root); }
  function one(selector) { return document.querySelector("[data-" + selector + "]"); }
  function text(key, values) {
    return spec.m[key].replace(/\{(\w+)\}/g, (m, k) => values && k in values ? values[k] : m);
  }
  function show(el, on) { if (el) el.toggleAttribute("hidden", !on); } // a question may be named “hidden”
  function tell(message) { var el = one("note"); if (el) { el.textContent = message; show(el, message); } }
  function safely(f) { try { return f(); } catch (e) { return undefined; } }

  // ---- questions

  // the element of a field: its own, or that of the question it is a part of
  function box(field) {
    for (; field; field = field.replace(/-?[^-]*$/, "")) {
      var el = form.querySelector('[data-q="' + field + '"]');
      if (el) return el;
    }
  }
  function label(el) {
    var l = el && el.querySelector("[data-label]") || el;
    return l ? l.textContent.trim().replace(/\s+/g, " ") : "";
  }
  function controls(field) {
    return inputs().filter(c => c.name == field || c.name.indexOf(field + "-") == 0);
  }
  function get(field, data) {
    return (data || new FormData(form)).getAll(field).filter(v => typeof v == "string");
  }
  // read gathers the fields once, not once for each question: that would cost a third of a second a key on a long form
  function read(blanks) {
    var data = new FormData(form);
    return judge.read(spec, field => get(field, data), files, blanks);
  }
  function chosen(field) {
    var input = form.querySelector('[name="' + field + '"]');
    return input && input.files ? Array.from(input.files) : [];
  }
  function kind(q, file) { return q.f[file.name.split(".").pop().toLowerCase()] || "?"; }
  function files(field, q) {
    var list = chosen(field).map(f => { return { name: f.name, type: kind(q, f), size: f.size, sha256: "0".repeat(64) }; });
    return list.length ? list : undefined;
  }
  function judged() { return judge.check(spec, read(), today); }

  // ---- what is asked

  var steps = all("[data-step]"), review = one("check");
  function asked() {
    var shown = judge.check(spec, read(true), today).shown;
    all("[data-q]").forEach(el => show(el, shown[el.dataset.q]));
    all("[data-row]").forEach(row => {
      var n = Number(row.dataset.row.split("-").pop()), filled = inputs(row).some(c => {
        return c.type == "radio" || c.type == "checkbox" ? c.checked : c.value && c.tagName != "SELECT";
      });
      show(row, n <= Math.max(1, row.dataset.min || 1) || filled || row.dataset.open);
      if (row.hidden) all("[data-q]", row).forEach(el => show(el));
    });
    all("[data-add]").forEach(b => show(b, next(b)));
    all("[data-group]").forEach(g => show(g, alive(g)));
    var money = one("total");
    if (money && spec.fee != null) {
      var sum = judge.total(spec, judged().answers) / 100;
      money.querySelector("output").textContent = safely(() => {
        return new Intl.NumberFormat(spec.language, { style: "currency", currency: spec.currency }).format(sum);
      }) || sum.toFixed(2) + " " + spec.currency;
      show(money, true);
    }
  }
  function next(button) { return all('[data-row^="' + button.dataset.add + '-"]').find(r => r.hidden); }
  // alive tells whether anything is asked in a step or a group; one of text only is.
  function alive(el) {
    var q = all("[data-q]", el);
    return !q.length || q.some(el => !el.hidden);
  }
  function active() { return steps.filter(alive); }

  // ---- steps

  function go(n, focus) {
    var list = active(), at = Math.max(0, Math.min(n, list.length)), last = at == list.length;
    current = at;
    steps.forEach(s => show(s, s == list[at]));
    if (last) reviewed();
    show(review, last);
    var place = last ? review : list[at], bar = place && place.querySelector("[data-progress]");
    if (bar) {
      bar.textContent = text("step", { n: at + 1, total: list.length + 1 });
      bar.style.backgroundSize = 100 * (at + 1) / (list.length + 1) + "%"; // a theme may draw it
    }
    show(one("nav"), true);
    show(one("next"), !last);
    show(one("back"), at > 0);
    all("[data-send]").forEach(b => show(b, last && posts));
    errors([]);
    if (focus && place) {
      var h = place.querySelector("h2,legend") || place;
      h.tabIndex = -1;
      h.focus();
    }
  }
  function move(n) {
    go(n, true);
    safely(() => { history.pushState({ step: current }, ""); });
  }
  window.addEventListener("popstate", e => { if (e.state && e.state.step != null) go(e.state.step, true); });

  // ---- what is wrong

  function message(p, el) {
    return p.q && p.q.e && p.level > 1 ? p.q.e : text(p.code in spec.m ? p.code : "type", Object.assign({ label: label(el) }, p.args));
  }
  function described(c) { return c.getAttribute("aria-describedby") || ""; }
  function errors(list) {
    all("[data-problem]").forEach(p => p.remove());
    all("[aria-invalid]").forEach(c => {
      c.removeAttribute("aria-invalid");
      c.setAttribute("aria-describedby", described(c).replace(/\S+-problem/g, "").trim());
    });
    all("[data-bad]").forEach(el => { el.removeAttribute("data-bad"); });
    var summary = one("summary"), items = summary.querySelector("ul"), told = new Set();
    items.textContent = "";
    list.forEach(p => {
      var el = box(p.field), first = controls(p.field)[0] || el && inputs(el)[0];
      if (!el || !first || told.has(p.field)) return;
      told.add(p.field);
      var id = p.field + "-problem", says = message(p, el), note = one("problem-template").content.firstElementChild.cloneNode(true);
      note.id = id;
      note.setAttribute("data-problem", "");
      note.querySelector("[data-text]").textContent = says;
      if (!el.querySelector(":scope>[data-problem]")) {
        (el.querySelector(":scope>[data-hint]") || el.querySelector(":scope>label,:scope>legend") || el.firstElementChild).after(note);
      }
      el.setAttribute("data-bad", "");
      (controls(p.field).length ? controls(p.field) : [first]).forEach(c => {
        c.setAttribute("aria-invalid", "true");
        c.setAttribute("aria-describedby", (described(c) + " " + id).trim());
      });
      var a = document.createElement("a");
      a.href = "#" + first.id;
      a.textContent = says;
      a.onclick = e => { e.preventDefault(); first.focus(); };
      items.appendChild(document.createElement("li")).appendChild(a);
    });
    var some = items.children.length > 0;
    show(summary, some);
    document.title = some ? text("error", { title: title }) : title;
    if (some) summary.focus();
    return some;
  }

  // wrong returns what keeps the citizen from going on; a warning does so once.
  function wrong(within) {
    return judged().problems.filter(p => {
      var el = box(p.field);
      if (!p.level || within && !within.contains(el)) return false;
      if (p.level > 1) return true;
      var once = p.field + "=" + get(p.field).join();
      return !warned.has(once) && warned.add(once);
    });
  }
  function forward() {
    if (!errors(wrong(active()[current]))) move(current + 1);
  }

  // ---- check your answers

  function day(v) {
    return safely(() => {
      return new Intl.DateTimeFormat(spec.language, { dateStyle: "long", timeZone: "UTC" }).format(new Date(v + "T00:00:00Z"));
    }) || v;
  }
  function words(q, field, v) {
    switch (q.t) {
      case "choose one": case "choose many":
        return all("input,option").filter(c => (c.name || c.parentNode.name) == field && (c.checked || c.selected) && c.value)
          .map(c => label(c.labels && c.labels[0] || c)).join("\n");
      case "yes-no": case "declaration": case "consent": return text(v ? "yes" : "no");
      case "file": return v.map(f => f.name).join("\n");
      case "date": return day(v);
      case "date range": return day(v.from) + " – " + day(v.to);
      case "address": return [v.street, v.postcode + " " + v.place].join("\n");
    }
    return String(v);
  }
  // rows calls f for every question that is asked, with its name and answer.
  function rows(answers, f) {
    (function walk(list, o, prefix) {
      list.forEach(q => {
        var field = prefix + q.i, v = o[q.i], el = form.querySelector('[data-q="' + field + '"]');
        if (q.t == "group") walk(q.q, v || {}, field + "-");
        else if (q.t == "repeat") (v || []).forEach((row, i) => { walk(q.q, row, field + "-" + (row.row || i + 1) + "-"); });
        else if (el && !el.hidden && q.t != "signature") f(q, field, v, el);
      });
    })(spec.q, answers, "");
  }
  function full(field, el) {
    var out = [label(el)], m = /^(.*-(\d+))-[^-]+$/.exec(field), outer = m && box(m[1]);
    if (outer) out.unshift(text("row", { label: label(outer), n: m[2] }));
    return out.join(" – ");
  }
  function reviewed() {
    var list = review.querySelector("[data-rows]"), template = one("row-template");
    list.textContent = "";
    rows(read(), (q, field, v, el) => {
      var row = template.content.cloneNode(true), change = row.querySelector("[data-change]"), step = el.closest("[data-step]");
      row.querySelector("[data-term]").textContent = full(field, el);
      row.querySelector("[data-value]").textContent = v === undefined ? text("empty") : words(q, field, v);
      change.textContent = text("change");
      change.setAttribute("aria-label", text("change-of", { label: label(el) }));
      change.href = "#" + ((controls(field)[0] || el).id || "");
      change.onclick = e => {
        e.preventDefault();
        move(active().indexOf(step));
        (controls(field)[0] || el).focus();
      };
      list.appendChild(row);
    });
  }

  // ---- keeping

  var sensitive = new Set();
  (function mark(list, inside) {
    list.forEach(q => { if (q.s || inside) sensitive.add(q.i); mark(q.q || [], q.s || inside); });
  })(spec.q);
  function secret(field) { return field.split("-").some(id => sensitive.has(id)); } // ids are unique in a form
  function snapshot() {
    var f = [];
    new FormData(form).forEach((v, k) => { if (typeof v == "string" && k[0] != "_" && v && box(k) && !secret(k)) f.push([k, v]); });
    return JSON.stringify({ at: Date.now(), key: key, f: f });
  }
  function keep() { safely(() => sessionStorage.setItem(name, snapshot())); }
  function stores() { return [sessionStorage, localStorage]; }
  function forget() { safely(() => stores().forEach(s => s.removeItem(name))); }
  function restore() {
    var kept = safely(() => {
      var list = stores().map(s => JSON.parse(s.getItem(name)));
      if (list[1] && !(Date.now() - list[1].at < spec.days * 864e5)) {
        localStorage.removeItem(name);
        list.pop();
      }
      return list[0] || list[1];
    });
    if (!kept || !Array.isArray(kept.f) || !kept.f.length) return;
    key = kept.key || "";
    kept.f.forEach(p => {
      inputs().forEach(c => {
        if (c.name != p[0] || c.type == "file") return;
        if (c.type == "radio" || c.type == "checkbox") c.checked = c.checked || c.value == p[1];
        else c.value = p[1];
      });
    });
    tell(text("restored"));
  }

  // ---- sending

  function hex(buffer) { return Array.from(new Uint8Array(buffer), b => ("0" + b.toString(16)).slice(-2)).join(""); }
  function base64(buffer) { return btoa(Array.from(new Uint8Array(buffer), b => String.fromCharCode(b)).join("")); }
  function url64(buffer) { return base64(buffer).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, ""); }

  function mint() { key = key || hex(crypto.getRandomValues(new Uint8Array(16))); }

  // envelope is what form.Envelope of the generator reads.
  async function envelope(contents) {
    var got = judged().answers, e = { form: spec.form, version: spec.version, language: spec.language, key: key, answers: got, labels: {}, schema: spec.schema }, inside = [], q, list, i, bytes;
    var pending = [];
    rows(got, (q, field, v, el) => {
      if (v === undefined) return;
      e.labels[q.i] = label(el);
      if (q.sha) (e.statements = e.statements || {})[q.i] = q.sha;
      if (q.t == "file") pending.push([field, v]);
    });
    for (q of pending) for (list = chosen(q[0]), i = 0; i < list.length; i++) {
      bytes = await list[i].arrayBuffer();
      q[1][i].sha256 = hex(await crypto.subtle.digest("SHA-256", bytes));
      inside.push({ sha256: q[1][i].sha256, data: base64(bytes) });
    }
    if (spec.fee != null) { e.total = (judge.total(spec, got) / 100).toFixed(2); e.currency = spec.currency; }
    if (contents && inside.length) e.files = inside;
    return e;
  }
  async function seal(letter) {
    var c = crypto.subtle, enc = new TextEncoder();
    var to = await c.importKey("jwk", spec.seal, { name: "RSA-OAEP", hash: "SHA-256" }, false, ["encrypt"]);
    var secret = crypto.getRandomValues(new Uint8Array(32)), iv = crypto.getRandomValues(new Uint8Array(12));
    var head = url64(enc.encode(JSON.stringify({ alg: "RSA-OAEP-256", enc: "A256GCM", kid: spec.seal.kid, cty: "application/json" })));
    var k = await c.importKey("raw", secret, "AES-GCM", false, ["encrypt"]);
    var text = new Uint8Array(await c.encrypt({ name: "AES-GCM", iv: iv, additionalData: enc.encode(head) }, k, enc.encode(letter)));
    return [head, url64(await c.encrypt("RSA-OAEP", to, secret)), url64(iv), url64(text.subarray(0, -16)), url64(text.subarray(-16))].join(".");
  }
  // parcel is what is sent: the fields of the page that are asked, or the sealed letter.
  async function parcel() {
    var fields = [];
    if (spec.seal) fields.push(["_sealed", await seal(JSON.stringify(await envelope(true)))]);
    new FormData(form).forEach((v, k) => {
      var el = k[0] == "_" ? null : box(k);
      if (el ? spec.seal || el.closest("[data-q][hidden],[data-row][hidden]") : k == "_key" || k == "_next" || k == "redirect") return; // a page to go to is for those without script
      if (typeof v != "string" && !v.size) return;
      fields.push([k, v]);
    });
    fields.push(["_key", key]);
    return fields;
  }
  function store(mode, work) {
    return new Promise((done, fail) => {
      var open = indexedDB.open("belfry-forms", 1);
      open.onupgradeneeded = () => { open.result.createObjectStore("queue", { keyPath: "key" }); };
      open.onerror = fail;
      open.onsuccess = () => {
        var t = open.result.transaction("queue", mode), r = work(t.objectStore("queue"));
        t.onerror = t.onabort = fail;
        t.oncomplete = () => { open.result.close(); done(r.result); };
      };
    });
  }
  async function post(item) {
    var files = item.fields.some(f => typeof f[1] != "string"), body = files ? new FormData() : new URLSearchParams();
    item.fields.forEach(f => { body.append(f[0], f[1]); });
    var answer;
    try { answer = await fetch(item.url, { method: "POST", body: body, headers: { Accept: "application/json" } }); }
    catch (e) { return { later: true }; }
    if (answer.status == 429 || answer.status >= 500) return { later: true };
    var said = await answer.json().catch(() => { return {}; });
    return answer.ok ? { sent: true, ref: said && said.ref } : { status: answer.status };
  }
  // deliver posts one item and says what became of it; true when it is settled.
  // settle comes before the word: a page closed on reading it must not send again.
  async function deliver(item, otherwise, settle) {
    var r = await post(item);
    if (r.later) return tell(text(otherwise));
    if (settle) await settle();
    if (r.sent) {
      forget();
      finished(r.ref);
    } else tell(text("refused", { status: r.status }));
    return true;
  }
  // flush sends what waits. A lock keeps two tabs from sending the same.
  async function flush() {
    if (!posts) return;
    var work = async lock => {
      if (lock === null) return;
      for (var item of await store("readonly", s => s.getAll())) {
        if (item.url != where()) continue;
        if (!await deliver(item, "queued", () => store("readwrite", s => s.delete(item.key)))) return;
      }
    };
    return navigator.locks ? navigator.locks.request("belfry-forms", { ifAvailable: true }, work) : work();
  }
  function where() { return spec.url || location.href.split("#")[0]; }
  function finished(ref) {
    var done = one("done");
    done.querySelector("[data-text]").textContent = text(ref ? "sent-ref" : "sent", { ref: ref });
    show(done, true);
    if (key) { // this page's own case, not one that waited from another day
      show(form);
      done.tabIndex = -1;
      done.focus();
    }
    tell("");
  }
  async function send() {
    if (busy) return;
    var list = active(), bad = wrong();
    if (bad.length) {
      go(list.findIndex(s => s.contains(box(bad[0].field))));
      errors(bad.filter(p => list[current].contains(box(p.field))));
      return;
    }
    if (spec.seal && !(self.crypto && crypto.subtle)) return tell(text("seal"));
    busy = true;
    tell(text("sending"));
    mint();
    keep();
    try {
      var item = { key: key, url: where(), fields: await parcel() };
      var kept = await store("readwrite", s => s.put(item)).catch(() => 0);
      await (kept ? flush() : deliver(item, "unsafe")); // no place to keep it: at once or not at all
    } finally { busy = false; }
  }

  // ---- taking away

  function save(blob, ending) {
    var a = document.createElement("a");
    a.href = URL.createObjectURL(blob);
    a.download = spec.form.replace(/\W+/g, "-") + "." + ending;
    document.body.appendChild(a).click();
    a.remove();
    setTimeout(() => { URL.revokeObjectURL(a.href); }, 1e4);
  }
  async function download(what) {
    if (errors(wrong())) return;
    mint();
    if (what == "json") {
      var letter = JSON.stringify(await envelope(!!spec.seal), null, spec.seal ? 0 : 1);
      if (spec.seal && !(self.crypto && crypto.subtle)) return tell(text("seal"));
      save(new Blob([spec.seal ? await seal(letter) : letter + "\n"], { type: spec.seal ? "application/jose" : "application/json" }), spec.seal ? "jwe" : "json");
      return;
    }
    reviewed();
    var sheet = review.querySelector("[data-rows]").cloneNode(true), head = document.createElement("h1");
    all("[data-change]", sheet).forEach(el => el.remove());
    head.textContent = title;
    save(new Blob(['<!doctype html><html lang="' + spec.language + '" dir="' + document.documentElement.dir + '"><meta charset="utf-8"><title>' + spec.form +
      "</title><style>dt{font-weight:bold}dd{white-space:pre-line}</style>" + head.outerHTML + sheet.outerHTML +
      "<p>" + [spec.form, spec.version, spec.language, today].join(" · ")], { type: "text/html" }), "html");
  }

  // ---- start

  form.noValidate = true;
  form.setAttribute("data-ready", "");
  restore();
  asked();
  ["input", "change"].forEach(kind => {
    form.addEventListener(kind, () => {
      asked();
      keep();
    });
  });
  form.addEventListener("submit", e => {
    e.preventDefault();
    if (current < active().length) forward();
    else if (posts) send();
  });
  document.addEventListener("click", e => {
    var b = e.target.closest("button,a");
    if (!b) return;
    var d = b.dataset;
    if ("back" in d) { e.preventDefault(); move(current - 1); }
    else if ("save" in d) tell(safely(() => { localStorage.setItem(name, snapshot()); return 1; }) ? text("saved", { days: spec.days }) : text("unsafe"));
    else if ("clear" in d) {
      forget();
      HTMLFormElement.prototype.reset.call(form);
      key = "";
      asked();
      go(0);
      tell(text("cleared"));
    } else if ("add" in d) {
      var row = next(b);
      if (row) {
        row.dataset.open = "1";
        asked();
        inputs(row)[0].focus();
      }
    } else if ("remove" in d) {
      var gone = b.closest("[data-row]");
      inputs(gone).forEach(c => { if (/radio|checkbox/.test(c.type)) c.checked = false; else c.value = ""; });
      delete gone.dataset.open;
      asked();
      keep();
    } else if ("download" in d) download(d.download);
    else if ("print" in d) window.print();
  });
  all("[data-script]", document).forEach(el => show(el, true));
  safely(() => { history.replaceState({ step: 0 }, ""); });
  go(0);
  window.addEventListener("online", flush);
  safely(flush);
})();
