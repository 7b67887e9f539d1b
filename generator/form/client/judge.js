// judge.js judges answers in the browser exactly as check.go, fields.go and
// ident_check.go do; the vectors in testdata/vectors hold the two together. It
// touches no page: form.js does.
(() => {
  "use strict";

  // ---- reading what was typed

  // digits turns decimal digits of every script into 0-9.
  function digits(s) {
    return s.replace(/\p{Nd}/gu, c => {
      var r = c.codePointAt(0), v = 0;
      if (r >= 0x1d7ce && r <= 0x1d7ff) return (r - 0x1d7ce) % 10;
      while (v < 9 && /\p{Nd}/u.test(String.fromCodePoint(r - 1))) { r--; v++; }
      return v;
    });
  }
  function compact(s) { return digits(s).replace(/[\s\p{Pd}\p{Cf}\p{Cc}.\/\u2212]/gu, "").toUpperCase(); }
  function clean(s, lines) {
    return s.replace(/\r\n?/g, "\n").replace(/[\p{Cc}\ufffd]/gu, c => {
      return c == "\n" && lines ? c : c == "\n" || c == "\t" ? " " : "";
    }).trim();
  }
  var plain = /^-?[0-9]{1,15}(\.[0-9]{1,10})?$/;
  function number(s) {
    var n = digits(s).replace(/[\s'’\p{Cf}٬]/gu, "").replace(/٫/g, ".").replace(/\u2212/g, "-");
    var i = Math.max(n.lastIndexOf("."), n.lastIndexOf(","));
    if (i >= 0) n = n.slice(0, i).replace(/[.,]/g, "") + "." + n.slice(i + 1);
    return plain.test(n) ? n : s;
  }
  function money(n) {
    var p = n.split(".");
    p[0] = p[0].replace(/^0+/, "") || "0";
    if (p[1] && p[1].length == 1) p[1] += "0";
    return p.join(".");
  }

  // read turns fields into answers. get gives the texts of a name, files what is
  // known of the files of a name; with all, empty rows of repeats are kept, so
  // that what they show can be decided.
  function read(spec, get, files, all) {
    function text(name) {
      return get(name).map(v => clean(v)).find(Boolean) || "";
    }
    function parts(name, keys) {
      var some = false, list = keys.map((k, i) => {
        var v = digits(text(name + "-" + k));
        some = some || v;
        return i && v.length < 2 ? ("00" + v).slice(-2) : v;
      });
      return some ? list.join("-") : "";
    }
    function date(name) { return digits(text(name)) || parts(name, ["year", "month", "day"]); }
    function object(o) {
      for (var k in o) if (!o[k]) delete o[k];
      return Object.keys(o).length ? o : undefined;
    }
    function group(q, name) {
      var o = {};
      q.q.forEach(sub => {
        var v = value(sub, name + "-" + sub.i);
        if (v !== undefined) o[sub.i] = v;
      });
      return all || Object.keys(o).length ? o : undefined;
    }
    function value(q, name) {
      var v, n;
      switch (q.t) {
        case "group": return group(q, name);
        case "repeat":
          var rows = [];
          for (n = 1; n <= q.max; n++) {
            v = group(q, name + "-" + n);
            if (v) { Object.defineProperty(v, "row", { value: n }); rows.push(v); }
          }
          return rows.length ? rows : undefined;
        case "choose many":
          v = get(name).map(x => clean(x)).filter(Boolean);
          return v.length ? v : undefined;
        case "date": return date(name) || undefined;
        case "month": return parts(name, ["year", "month"]) || undefined;
        case "date range": return object({ from: date(name + "-from"), to: date(name + "-to") });
        case "address": return object({ street: text(name + "-street"), place: text(name + "-place"), postcode: digits(text(name + "-postcode")) });
        case "long text": return get(name).map(x => clean(x, true)).find(Boolean);
        case "file": return files ? files(name, q) : undefined;
        case "signature": return undefined;
      }
      v = text(name);
      if (!v) return undefined;
      switch (q.t) {
        case "number": n = number(v); return plain.test(n) ? Number(n) : v;
        case "money": n = number(v).replace(/^\+/, ""); return plain.test(n) ? money(n) : v;
        case "yes-no": case "declaration": case "consent":
          if (/^(yes|on|true)$/i.test(v)) return true;
          if (/^(no|false)$/i.test(v)) return q.t == "yes-no" ? false : undefined;
          return v;
        case "tel": return compact(v).replace(/[()]/g, "").replace(/^00/, "+");
        case "url": return v.indexOf("://") < 0 && v.indexOf(".") >= 0 ? "https://" + v : v;
        case "id-number": case "iban": return compact(v);
        case "text": return q.p ? digits(v) : v;
        case "time": return digits(v).replace(".", ":").replace(/^(.:..)$/, "0$1");
      }
      return v;
    }
    var out = {};
    spec.q.forEach(q => {
      var v = value(q, q.i);
      if (v !== undefined) out[q.i] = v;
    });
    return out;
  }

  // ---- conditions

  function isObject(v) { return v !== null && typeof v == "object" && !Array.isArray(v); }
  function answered(v) {
    return v !== undefined && v !== null && v !== "" && (typeof v != "object" || Object.keys(v).length > 0);
  }
  function names(values, v) {
    return values.some(w => {
      return typeof v == "boolean" ? v == (w == "yes") : typeof v == "number" ? Number(w) === v : w === v;
    });
  }
  // A condition is [any, [id, operator, value ...] ...].
  function holds(c, look) {
    function one(t) {
      var v = look(t[0]), op = t[1], values = t.slice(2);
      if (!answered(v)) return op == "not answered";
      switch (op) {
        case "answered": return true;
        case "not answered": return false;
        case "is": return names(values, v);
        case "is not": return !names(values, v);
        case "includes": return Array.isArray(v) && v.some(x => names(values, x));
      }
      var w = Number(values[0]), n = Number(v), d = isNaN(w) ? (v < values[0] ? -1 : v > values[0] ? 1 : 0) : n - w;
      return { "<": d < 0, "<=": d <= 0, ">": d > 0, ">=": d >= 0 }[op];
    }
    return c[0] ? c.slice(1).some(one) : c.slice(1).every(one);
  }

  // ---- numbers with a check digit

  function sum(s, n) {
    function rest(w) {
      var r = w.reduce((total, x, i) => {
        var l = (s.l || "").indexOf(n[i]);
        return total + x * (l < 0 ? n.charCodeAt(i) - 48 : l);
      }, 0) % s.m;
      return (r + s.m) % s.m;
    }
    if (s.a >= n.length) return true;
    var r = rest(s.w);
    if (r == 10 && s.x) r = rest(s.x);
    return s.c.some(signs => signs[r] === n[s.a]);
  }
  function born(b, n) {
    var p = { y: 0, m: 0, d: 0 }, places = 0, centuries = [19, 20], i;
    for (i = 0; i < b.l.length; i++) if (b.l[i] != "-") {
      p[b.l[i]] = p[b.l[i]] * 10 + Number(n[i]);
      if (b.l[i] == "y") places++;
    }
    if (places == 3) {
      if (p.y < 800) p.y += 1000;
      centuries = [10];
    } else if (b.m) {
      centuries = [b.m[Math.floor(p.m / 20)]];
      p.m %= 20;
    } else if (b.c && b.c[n[0]]) centuries = [b.c[n[0]]];
    return centuries.some(c => c && exists(c * 100 + p.y, p.m, p.d));
  }
  function exists(y, m, d) {
    return m > 0 && m < 13 && d > 0 && d <= new Date(Date.UTC(y, m, 0)).getUTCDate();
  }
  function mod97(s) {
    return s.split("").reduce((r, c) => c >= "A" ? (r * 100 + c.charCodeAt(0) - 55) % 97 : (r * 10 + Number(c)) % 97, 0);
  }
  function right(s, n) {
    if (s.w) n = n.padStart(s.w, "0");
    if (!(s.s || []).every(x => sum(x, n)) || s.b && !born(s.b, n)) return false;
    var i, v, r = 0;
    if (s.m == "luhn") {
      for (i = 0; i < n.length; i++) {
        v = Number(n[n.length - 1 - i]) * (1 + i % 2);
        r += v > 9 ? v - 9 : v;
      }
      return r % 10 == 0;
    }
    if (s.m == "11,10") {
      for (r = 10, i = 0; i < n.length - 1; i++) r = ((r + Number(n[i])) % 10 || 10) * 2 % 11;
      return (r + Number(n[i])) % 10 == 1;
    }
    return s.m != "97" || mod97(n.slice(4) + n.slice(0, 4)) == 1;
  }
  // verdict: 0 right, 1 suspicious, 2 malformed; the best of several kinds.
  function verdict(spec, codes, n) {
    return Math.min.apply(null, codes.map(code => {
      var s = spec.n[code];
      if (!new RegExp(s.p).test(n)) return 2;
      if (code == "IBAN") {
        var m = new RegExp("^(?:....)*" + n.slice(0, 2) + "(..)").exec(spec.iban);
        if (!m || Number(m[1]) != n.length) return 2;
      }
      return right(s, n) ? 0 : 1;
    }));
  }

  // ---- judging

  var blank = /^[\p{Z}\p{Cc}\p{Cf}]*$/u;
  var kind = { email: "email", tel: "tel", url: "url", money: "money", date: "date", month: "month", time: "time" };

  function own(o, k) { return Object.prototype.hasOwnProperty.call(o, k) ? o[k] : undefined; }
  // places counts the decimals of a number.
  function places(v) {
    var m = /\.?(\d*)(?:e-(\d+))?$/.exec(String(v).replace(/^-?\d+/, ""));
    return m[1].length + Number(m[2] || 0);
  }

  // check returns the answers that count, what is wrong with the others, and the
  // names of the fields that are asked.
  function check(spec, given, today) {
    var out = {}, problems = [], shown = Object.create(null), where = Object.create(null);
    today = Date.parse(today) / 864e5;

    (function index(list, path, rep) {
      list.forEach(q => {
        where[q.i] = { path: path.concat(q.i), rep: rep };
        if (q.q) index(q.q, q.t == "repeat" ? [] : path.concat(q.i), q.t == "repeat" ? q.i : rep);
      });
    })(spec.q, [], "");

    function follow(o, path) {
      return path.reduce((v, k) => isObject(v) ? own(v, k) : undefined, o);
    }
    function root(id) { return where[id] && !where[id].rep ? follow(out, where[id].path) : undefined; }
    function add(q, field, code, args) {
      problems.push({ field: field, q: q, code: code, args: args || {}, level: code == "dropped" ? 0 : code == "number-digit" ? 1 : 2 });
      return false;
    }
    function strangers(list, o, prefix) {
      Object.keys(o).sort().forEach(k => {
        if (!list.some(q => q.i == k)) add(null, prefix + k, "unknown");
      });
    }
    function level(list, given, out, prefix, look) {
      list.forEach(q => {
        var v = own(given, q.i), has = v !== undefined, field = prefix + q.i;
        if (!(q.c || []).every(c => holds(c, look))) {
          if (has) add(q, field, "dropped");
          return;
        }
        shown[field] = 1;
        if (q.t == "signature") { if (has) add(q, field, "unknown"); }
        else if (q.t == "group") {
          if (has && !isObject(v)) return add(q, field, "type");
          if (!has && q.o) return;
          var inner = out[q.i] = {};
          level(q.q, v || {}, inner, field + "-", look);
          strangers(q.q, v || {}, field + "-");
          if (!Object.keys(inner).length) delete out[q.i];
        } else if (q.t == "repeat") repeat(q, v, has, out, field);
        else if (has) { if (value(q, v, field)) out[q.i] = v; }
        else if (!q.o) add(q, field, q.t == "declaration" ? "declare" : "missing");
      });
    }
    function repeat(q, v, has, out, field) {
      if (has && !Array.isArray(v)) return add(q, field, "type");
      v = v || [];
      if (!v.length && q.min) return add(q, field, "missing");
      if (has && v.length < q.min) add(q, field, "too-few", { min: q.min });
      if (v.length > q.max) return add(q, field, "too-many", { max: q.max });
      var kept = [];
      v.forEach((row, i) => {
        var name = field + "-" + (row && row.row || i + 1), inner = {};
        if (!isObject(row)) return add(q, name, "type");
        level(q.q, row, inner, name + "-", id => {
          return where[id] && where[id].rep ? follow(inner, where[id].path) : root(id);
        });
        strangers(q.q, row, name + "-");
        kept.push(inner);
      });
      if (kept.length) out[q.i] = kept;
    }
    function bounds(q, n, field) {
      if (q.min != null && n < q.min) return add(q, field, "min", { min: q.min });
      if (q.max != null && n > q.max) return add(q, field, "max", { max: q.max });
      return true;
    }
    function matches(q, s, field) {
      return (spec.p[q.t] || []).concat(q.p || []).every((p, i) => {
        return new RegExp(p, "u").test(s) || add(q, field, kind[q.t] || (i ? "pattern" : "type"));
      });
    }
    function day(q, s, field) {
      var n = s.split("-").map(Number);
      if (!new RegExp(spec.p.date[0]).test(s) || !exists(n[0], n[1], n[2])) return add(q, field, "date");
      var d = Date.parse(s) / 864e5, w = q.when;
      if (w && !{ past: d < today, future: d > today, "today or past": d <= today, "today or future": d >= today }[w])
        return add(q, field, w.replace(/ /g, "-"));
      if (q.within && Math.abs(d - today) > q.within) return add(q, field, "within", { max: q.within });
      if (q.after && s <= q.after) return add(q, field, "after", { day: q.after });
      if (q.before && s >= q.before) return add(q, field, "before", { day: q.before });
      return true;
    }
    function members(q, v, field, list) {
      if (!isObject(v)) return add(q, field, "type");
      var fine = true;
      list.forEach(k => {
        if (!(k in v) || typeof v[k] == "string" && blank.test(v[k])) fine = add(q, field + "-" + k, "missing");
        else if (typeof v[k] != "string") fine = add(q, field + "-" + k, "type");
      });
      Object.keys(v).sort().forEach(k => { if (list.indexOf(k) < 0) fine = add(q, field + "-" + k, "unknown"); });
      return fine;
    }
    function tooLong(q, s, max, field) {
      var n = Array.from(s).length;
      return n > max && !add(q, field, "too-long", { max: max, n: n });
    }
    function file(q, f) {
      if (!isObject(f) || Object.keys(f).length != 4 || typeof f.name != "string" || typeof f.type != "string" || !/^[0-9a-f]{64}$/.test(f.sha256) ||
        typeof f.size != "number" || f.size < 1 || f.size % 1 || !/^[^/\\\p{Cc}]{1,200}\.[A-Za-z0-9]{1,10}$/u.test(f.name)) return ["type"];
      var kinds = Object.keys(q.f).map(k => q.f[k]);
      if (!q.f[f.name.split(".").pop().toLowerCase()] || kinds.indexOf(f.type) < 0) return ["file-type", { types: q.types }];
      return f.size > q.bytes ? ["file-size", { max: q.bytes / 1e6 }] : null;
    }
    function value(q, v, field) {
      switch (q.t) {
        case "yes-no": case "declaration": case "consent":
          if (typeof v != "boolean") return add(q, field, "type");
          return q.t != "declaration" || v || add(q, field, "declare");
        case "number":
          if (typeof v != "number" || Math.abs(v) >= 1e15) return add(q, field, "number");
          if (q.whole && v % 1) return add(q, field, "whole");
          if (q.dec != null && places(v) > q.dec) return add(q, field, "decimals", { max: q.dec });
          return bounds(q, v, field);
        case "choose one":
          return typeof v == "string" && own(q.ch, v) !== undefined || add(q, field, "choice");
        case "choose many":
          if (!Array.isArray(v)) return add(q, field, "type");
          if (!v.every((x, i) => typeof x == "string" && own(q.ch, x) !== undefined && v.indexOf(x) == i)) return add(q, field, "choice");
          if (!v.length) return add(q, field, "missing");
          if (v.length < q.min) return add(q, field, "too-few", { min: q.min });
          return !(q.max && v.length > q.max) || add(q, field, "too-many", { max: q.max });
        case "date range":
          if (!members(q, v, field, ["from", "to"])) return false;
          var a = day(q, v.from, field + "-from"), b = day(q, v.to, field + "-to");
          return a && b && (v.to >= v.from || add(q, field + "-to", "order"));
        case "address":
          if (!members(q, v, field, ["street", "place", "postcode"])) return false;
          return ["street", "place", "postcode"].map(k => {
            if (tooLong(q, v[k], k == "postcode" ? 20 : 200, field + "-" + k)) return false;
            return !/\p{Cc}/u.test(v[k]) || add(q, field + "-" + k, "type");
          }).every(Boolean);
        case "file":
          if (!Array.isArray(v)) return add(q, field, "type");
          if (!v.length) return add(q, field, "missing");
          if (v.length > q.max) return add(q, field, "too-many", { max: q.max });
          return v.every(f => {
            var wrong = file(q, f);
            return !wrong || add(q, field, wrong[0], wrong[1]);
          });
      }
      if (typeof v != "string") return add(q, field, "type");
      if (blank.test(v)) return add(q, field, "missing");
      if (q.codes) {
        var is = v === compact(v) ? verdict(spec, q.codes, v) : 2;
        if (is == 2) return add(q, field, "number-format");
        if (is) add(q, field, "number-digit");
        return true;
      }
      if (tooLong(q, v, q.len, field) || !matches(q, v, field)) return false;
      return q.t == "date" ? day(q, v, field) : q.t != "money" || bounds(q, Number(v), field);
    }
    level(spec.q, given, out, "", root);
    strangers(spec.q, given, "");
    return { answers: out, problems: problems, shown: shown };
  }

  // total adds the fee and the prices of what was chosen, in cents.
  function total(spec, answers) {
    var cents = spec.fee || 0;
    (function walk(list, o) {
      list.forEach(q => {
        var v = own(o, q.i);
        if (v === undefined) return;
        if (q.t == "group") walk(q.q, v);
        else if (q.t == "repeat") v.forEach(row => { walk(q.q, row); });
        else if (q.ch) [].concat(v).forEach(x => { cents += q.ch[x]; });
      });
    })(spec.q, answers);
    return cents;
  }

  self.belfryForm = { read: read, check: check, total: total };
})();
