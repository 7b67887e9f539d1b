/* Search without a server: loads the entry and the shards a query needs, by
   script tags alone, and answers belfry.search(). README.md has the format and
   the ranking; every rule here has its twin in Go, and testdata/vectors holds
   both to the same answers. */
(function (w, d) {
  'use strict';
  var belfry = w.belfry = w.belfry || {};
  var LAST = '\uffff', KINDS = 'tpwxcf', PER_HASH = 4, HASH = 6, PER_POS = 8;
  var AS = { form: 32, other: 31, ending: 24, prefix: 18, typo: 14, start: 10 };
  var VOWELS = 'aeiouyAUEOаеиоуъюяіїєыэαεηιουωაეიოუı', QUOTES = /["“”„«»]/;
  var LETTER = /[\p{L}\p{Nd}]/u, MARK = /\p{M}/u, MN = /\p{Mn}/gu, DIGIT = /[0-9]/;

  /* ---- files ---- */
  var files = {}, waiting = {}, early = (w.belfry_search && w.belfry_search.q) || [];
  w.belfry_search = function (name, value) { if (waiting[name]) waiting[name](value); else early.push([name, value]); };

  function load(base, name) {
    return files[name] = files[name] || new Promise(function (done, fail) {
      waiting[name] = done;
      for (var e of early) if (e[0] === name) return done(e[1]);
      var s = d.createElement('script');
      s.src = base + name + '.js';
      s.onerror = function () { delete files[name]; fail(new Error('search: no ' + name)); };
      s.onload = function () { s.remove(); };
      d.head.appendChild(s);
    });
  }

  function unpack(text) {
    var bin = atob(text), b = new Uint8Array(bin.length);
    for (var i = 0; i < bin.length; i++) b[i] = bin.charCodeAt(i);
    return belfry.inflate(b);
  }

  function numbers(b, p) {
    return function () {
      for (var v = 0, m = 1, c; (c = b[p++]) > 127; m *= 128) v += (c & 127) * m;
      if (c === undefined) throw new Error('search: damaged');
      return v + c * m;
    };
  }

  /* ---- words: the twin of package words ---- */
  function rewriter(m) {
    var by = {};
    Object.keys(m || {}).sort(function (a, b) { return b.length - a.length; }).forEach(function (k) { (by[k[0]] = by[k[0]] || []).push(k); });
    return function (s) {
      for (var out = '', i = 0; i < s.length;) {
        var k = (by[s[i]] || []).find(function (k) { return s.startsWith(k, i); });
        out += k ? m[k] : s[i];
        i += k ? k.length : 1;
      }
      return out;
    };
  }

  function Words(e) {
    var t = e.t, lower = t.lower || {}, letters = t.letters || {}, rules = rewriter(t.rules), variants = (t.variants || []).map(rewriter);
    var spread = {};
    function coded(l) { return l[1] && /^[A-Z]$/.test((t.rules || spread)[l]); }
    Object.keys(t.rules || {}).filter(coded).sort().reverse().concat(Object.values(letters).filter(coded).sort().reverse()).forEach(function (k) { spread[t.rules[k]] = k; });
    var join = t.join || '', strip = t.strip ? t.strip.split(' ') : [], ends = {}, stops = new Set(e.s.split(' '));
    if (e.e) e.e[2].split(' ').forEach(function (r) { var i = r.search(DIGIT); if (i >= 0) ends[r.slice(0, i)] = [+r[i], r.slice(i + 1)]; });

    function tokens(text, visit) {
      var buf = '', pos = 0, n = 0, before = '';
      function end(after) {
        if (buf) {
          var single = n === 1 && (before === "'" || after === "'") && !DIGIT.test(buf);
          if (!single && !(t.cut && before === "'")) visit(buf, pos++);
        }
        before = after; buf = ''; n = 0;
      }
      for (var c of text.normalize('NFKC')) {
        if (join.includes(c)) { if (!buf) before = ''; }
        else if (c === "'" || c === '’' || c === 'ʼ') end("'");
        else if (c.length === 1 && LETTER.test(c)) { if (n++ < 40) buf += c in lower ? lower[c] : c.toLowerCase(); }
        else if (c.length === 1 && MARK.test(c)) { if (buf && n++ < 40) buf += c; }
        else end('');
      }
      end('');
    }
    function latin(token) {
      var out = '';
      for (var c of token) {
        if (c in letters) out += letters[c];
        else if (c < '\x80') out += c;
        else for (var x of c.normalize('NFD').replace(MN, '')) out += x in letters ? letters[x] : x;
      }
      return out;
    }
    function fold(token) {
      var s = rules(latin(token)), p = strip.find(function (p) { return s.startsWith(p) && s.length > p.length + 2; });
      return p ? s.slice(p.length) : s;
    }
    function readings(token) {
      var out = [fold(token)];
      if (!/[^\x00-\x7f]/.test(token)) variants.forEach(function (v) { var k = rules(v(token)); if (!out.includes(k)) out.push(k); });
      return out;
    }
    function apply(word) {
      var m = ['^'], need = e.e[1] ? 2 : 0, vowel = false, n, c, v;
      for (c of word) {
        m.push(c);
        if (!need) continue;
        v = VOWELS.includes(c) || c > '\x7f' && VOWELS.includes(c.normalize('NFD')[0]);
        if (vowel && !v) { m.push('|'); need--; v = false; }
        vowel = v;
      }
      for (n = Math.min(9, m.length); n > 0; n--) {
        var p = ends[m.slice(-n).join('')];
        if (p) return p[0] >= word.length ? word : word.slice(0, word.length - p[0]) + p[1];
      }
      return word;
    }
    function key(token, form) {
      if (!e.e || DIGIT.test(token)) return form;
      return e.e[0] ? apply(form) : fold(apply(token));
    }
    function parse(q) {
      var all = [], parts = q.split(QUOTES), last;
      if (parts.length % 2 === 0) { last = parts.pop(); parts[parts.length - 1] += ' ' + last; }
      parts.forEach(function (part, i) {
        tokens(part, function (token, pos) {
          var r = readings(token), keys = [];
          if (!r[0]) return;
          r.forEach(function (f) { var k = key(token, f); if (!keys.includes(k)) keys.push(k); });
          all.push({ t: token, r: r, raw: latin(token), k: keys, phrase: i % 2 ? (i >> 1) + 1 : 0, at: pos });
        });
      });
      last = all[all.length - 1];
      if (last && !last.phrase) last.prefix = true;
      var some = all.filter(function (s) { return !stops.has(s.r[0]); });
      return (some.length ? some : all).slice(0, 32);
    }
    return { spread: rewriter(spread), strip: strip, parse: parse, tokens: tokens, fold: fold, readings: readings, key: key };
  }

  /* One edit: a letter more, less or other, or two neighbours swapped. */
  function within1(a, b, prefix) {
    for (var i = 0; i < a.length && i < b.length && a[i] === b[i];) i++;
    var x = a.slice(i), y = b.slice(i);
    function same(x, y) { return x === (prefix ? y.slice(0, x.length) : y); }
    if (!x) return prefix || y.length <= 1;
    if (!y) return x.length === 1;
    return same(x.slice(1), y.slice(1)) || same(x, y.slice(1)) || same(x.slice(1), y) ||
      x.length > 1 && y.length > 1 && x[0] === y[1] && x[1] === y[0] && same(x.slice(2), y.slice(2));
  }
  function reversed(s) { return Array.from(s).reverse().join(''); }
  function common(a, b) { for (var i = 0; i < a.length && i < b.length && a[i] === b[i];) i++; return i; }
  function route(starts, s) {
    for (var lo = 0, hi = starts.length; lo < hi;) { var m = (lo + hi) >> 1; if (starts[m] > s) hi = m; else lo = m + 1; }
    return Math.max(lo - 1, 0);
  }

  /* ---- an index: the entry, and what of the rest has been asked for ---- */
  function Index(base, e) {
    var words = Words(e), starts = e.b.map(function (s) { return s.split(' '); }), parsed = {};

    function raw(kind, i) {
      if (e.d && e.d[kind + i]) return Promise.resolve(e.d[kind + i]);
      var h = e.h[KINDS.indexOf(kind)].substr((i / PER_HASH | 0) * HASH, HASH);
      return h ? load(base, h + kind + i) : Promise.reject(new Error('search: no ' + kind + i));
    }
    function get(kind, i, decode) {
      var k = kind + i;
      return parsed[k] = parsed[k] || raw(kind, i).then(function (text) { return decode(unpack(text)); })
        .catch(function (err) { delete parsed[k]; throw err; });
    }
    function text(b) { return new TextDecoder().decode(b); }
    function has(kind) { return e.h[KINDS.indexOf(kind)] || e.d && e.d[kind + 0]; }

    function shard(i) { return has('t') ? get('t', i, decodeTerms.bind(null, i)) : Promise.resolve({ g: [], by: new Map(), alias: [], lists: {} }); }
    function decodeTerms(nth, b) {
      var p = 0, head = [], i, j;
      for (i = 0; i < 6; i++) { var v = 0, m = 1; while (b[p] > 127) { v += (b[p++] & 127) * m; m *= 128; } head[i] = v + b[p++] * m; }
      var num = numbers(b, p), at = p + head[3], str = text(b.subarray(at, at + head[4])), sp = 0;
      at += head[4];
      var post = numbers(b, at), codes = at + head[5];
      function word(like) { var n = num(), k = num(); sp += k; return like.slice(0, n) + str.slice(sp - k, sp); }
      function postings(n) {
        for (var out = new Uint32Array(n), i = 0, doc = 0; i < n; i++) { var v = post(); doc += v >>> 4; out[i] = doc << 4 | v & 15; }
        return out;
      }
      var s = { g: [], by: new Map(), alias: [], lists: {} }, prev = '';
      function put(form, g, rank) { var l = s.by.get(form); if (l) l.push([g, rank]); else s.by.set(form, [[g, rank]]); }
      for (i = 0; i < head[0]; i++) {
        var g = { k: prev = word(prev), f: [], s: nth, i: i };
        for (j = num(); j--;) { put(g.f[g.f.length] = word(prev), g, g.f.length - 1); }
        g.p = postings(num());
        if (g.f.length > 1) { g.c = b.subarray(codes, codes += (g.p.length + 3) >> 2); }
        s.g.push(g);
      }
      for (i = 0, prev = ''; i < head[1]; i++) { prev = word(prev); s.alias.push([prev, word(prev)]); }
      for (i = 0; i < head[2]; i++) { var l = word(''); s.lists[l] = { df: num(), p: postings(num()) }; }
      return s;
    }

    async function forms(form) {
      var s = await shard(route(starts[0], form)), out = (s.by.get(form) || []).slice();
      for (var a of s.alias) if (a[0] === form) {
        var g = await term(a[1]);
        if (g && g.f.includes(form)) out.push([g, g.f.indexOf(form)]);
      }
      return out;
    }
    async function term(key) { return (await shard(route(starts[0], key))).g.find(function (g) { return g.k === key; }); }

    async function prefix(p) {
      var from = route(starts[0], p), to = route(starts[0], p + LAST), out = new Set(), best = {}, i, a, g;
      if (to - from > 1) return (await shard(from)).lists[p];
      var two = await Promise.all(from < to ? [shard(from), shard(to)] : [shard(from)]);
      for (var s of two) {
        for (g of s.g) if (g.f.some(function (f) { return f.startsWith(p); })) out.add(g);
        for (a of s.alias) if (a[0].startsWith(p) && (g = await term(a[1]))) out.add(g);
      }
      if (!out.size) return;
      out.forEach(function (g) { for (i of g.p) if ((i & 15) > (best[i >>> 4] || 0)) best[i >>> 4] = i & 15; });
      var docs = Object.keys(best);
      return { df: docs.length, p: docs.map(function (x) { return x << 4 | best[x]; }) };
    }

    async function spelled(kind, list, p) {
      var out = [], i = route(list, p), to = route(list, p + LAST), all = [];
      if (!has(kind)) return out;
      for (; i <= to; i++) all.push(get(kind, i, spellings));
      for (var l of await Promise.all(all)) for (var s of l) if (s[0].startsWith(p)) out.push(s);
      return out;
    }
    function spellings(b) {
      var p = 0, n = 0, m = 1, out = [], prev = '', at = 0;
      while (b[p] > 127) { n += (b[p++] & 127) * m; m *= 128; }
      n += b[p++] * m;
      for (var str = text(b.subarray(p + 3 * n)), i = 0; i < n; i++) {
        prev = prev.slice(0, b[p + i]) + str.slice(at, at += b[p + n + i]);
        out.push([prev, b[p + 2 * n + i]]);
      }
      return out;
    }
    /* Forms one edit away: whatever is keeps the first half, or the last, or
       swaps the letters where they meet. */
    async function near(s, pre) {
      var form = s.r[0], open = words.spread(form), ask = [], out = new Map();
      function one(a, b) { return (s.t.length > 3 || b.length === a.length + 1) && within1(a, b, pre); }
      new Set([form, s.raw]).forEach(function (v) {
        var n = v.length, p = n > 3 ? n >> 1 : 2;
        if (n < 3) return;
        ask.push(spelled('w', starts[1], v.slice(0, p)));
        if (n > 3 && pre) return;
        ask.push(spelled('x', starts[2], reversed(v.slice(n > 3 ? p : 1))).then(function (l) { return l.map(function (x) { return [reversed(x[0]), x[1]]; }); }));
        if (n > 3) ask.push(spelled('w', starts[1], v.slice(0, p - 1) + v[p] + v[p - 1] + v.slice(p + 1)));
      });
      for (var l of await Promise.all(ask)) for (var x of l) {
        var f = x[0], g = words.spread(f);
        if (!out.has(f) && (one(form, f) || one(open, g) || one(s.raw, g) || !pre && words.strip.some(function (a) { return !f.startsWith(a) && one(s.raw, a + f); }))) out.set(f, x[1]);
      }
      return Array.from(out);
    }

    async function resolve(s) {
      var hits = [], form = s.r[0], n = s.t.length, r, m, k;
      function add(tier, df, ms) {
        for (var m of ms) if (!hits.some(function (h) { return h.g === m[0] && h.rank === m[1]; }))
          hits.push({ tier: tier, g: m[0], p: m[0].p, rank: m[1], w: AS[tier], df: df || m[0].p.length, form: m[1] < 0 ? m[0].k : m[0].f[m[1]] });
      }
      // Ask for all that may be needed at once, look at it one by one.
      var found = await Promise.all(s.r.map(forms)), begun = s.prefix ? await Promise.all(s.r.map(function (r) { return r.length > 1 && prefix(r); })) : [];
      for (m of found) add('form', 0, m);
      // Of several terms with the form none is rarer than another.
      var most = Math.max.apply(null, hits.map(function (h) { return h.df; }));
      hits.forEach(function (h) { h.df = most; });
      if (!hits.length) for (k of s.k) { var g = await term(k); if (g) add('ending', 0, [[g, -1]]); }
      begun.forEach(function (c, i) { if (c) hits.push({ tier: 'prefix', p: c.p, rank: -1, w: AS.prefix, df: c.df, form: s.r[i] }); });
      if (hits.length || s.phrase || n < 3 || DIGIT.test(form)) return hits;
      async function widen(tier, most, list) {
        list.sort(function (a, b) { return b[1] - a[1] || (a[0] < b[0] ? -1 : 1); });
        var ms = [].concat.apply([], await Promise.all(list.slice(0, most).map(function (x) { return forms(x[0]); }))), df = 0;
        for (var m of ms) df = Math.max(df, m[0].p.length);
        add(tier, df, ms);
      }
      await widen('typo', 6, await near(s, false));
      if (!hits.length && s.prefix && n > 4) await widen('typo', 6, await near(s, true));
      n = form.length;
      var least = e.e ? Math.max(5, (2 * n + 2) / 3 | 0) : Math.max(4, (n >> 1) + 1), longest = 0;
      if (!hits.length && n > least) {
        var list = await spelled('w', starts[1], form.slice(0, least));
        for (r of list) longest = Math.max(longest, common(r[0], form));
        await widen('start', 4, list.filter(function (x) { return common(x[0], form) >= longest; }));
      }
      return hits;
    }

    function rarity(df) { return Math.max(1, Math.round(256 * Math.log(1 + (e.n - df + .5) / (df + .5)))); }

    /* Where the words of a phrase stand, by document, less their place in it. */
    async function places(hs, offset) {
      var out = {};
      for (var h of hs) if (h.g) {
        var s = await shard(h.g.s), pos = await get('p', h.g.s / PER_POS | 0, function (b) { return b; });
        var head = numbers(pos, 0), count = head(), lens = [], i, j, skip = 0, at = 1, nth = h.g.s % PER_POS;
        for (i = 0; i < count; i++) { lens.push(head()); for (j = lens[i]; ; j /= 128) { at++; if (j < 128) break; } }
        if (count > 127) at++;
        for (i = 0; i < nth; i++) at += lens[i];
        var part = pos.subarray(at, at + lens[nth]), num = numbers(part, 0), used = 0, own = 0;
        for (i = 0; i < s.g.length; i++) {
          var len = num();
          for (j = len; ; j /= 128) { used++; if (j < 128) break; }
          if (i < h.g.i) skip += len;
        }
        num = numbers(part, used + skip);
        for (var p of h.g.p) {
          var list = out[p >>> 4] = out[p >>> 4] || [];
          for (j = num(), own = 0; j--;) list.push((own += num()) - offset);
        }
      }
      return out;
    }

    async function phrases(slots, hits, sum) {
      for (var a = 0, b; a < slots.length; a = b) {
        for (b = a + 1; b < slots.length && slots[b].phrase === slots[a].phrase;) b++;
        if (!slots[a].phrase) continue;
        var first = await places(hits[a], slots[a].at);
        for (var i = a + 1; i < b; i++) {
          var next = await places(hits[i], slots[i].at);
          for (var doc in first) first[doc] = first[doc].filter(function (p) { return (next[doc] || []).includes(p); });
        }
        for (i = 0; i < sum.length; i++) if (!(first[i] || []).length) sum[i] = 0;
      }
    }

    /* Facets: [[name, [[value, documents], ...]], ...] */
    function facets() {
      return has('f') ? get('f', 0, function (b) {
        var len = 0, m = 1, p = 0;
        while (b[p] > 127) { len += (b[p++] & 127) * m; m *= 128; }
        len += b[p++] * m;
        var num = numbers(b, p + len);
        return JSON.parse(text(b.subarray(p, p + len))).map(function (f) {
          return [f[0], f[1].map(function (v) { for (var docs = [], i = v[1], doc = 0; i--;) docs.push(doc += num()); return [v[0], docs]; })];
        });
      }) : Promise.resolve([]);
    }
    async function allowed(filters) {
      var out = null, all = Object.keys(filters || {}).some(function (k) { return [].concat(filters[k]).length; }) ? await facets() : [];
      for (var name in filters) {
        var wanted = [].concat(filters[name]), pass = new Uint8Array(e.n);
        if (!wanted.length) continue;
        for (var f of all) if (f[0] === name) for (var v of f[1]) if (wanted.includes(v[0])) for (var doc of v[1]) pass[doc] = !out || out[doc];
        out = pass;
      }
      return out;
    }

    async function search(q, o) {
      var slots = words.parse(q), sum = new Float64Array(e.n), seen = new Uint8Array(e.n), best = new Float64Array(e.n);
      var both = await Promise.all([Promise.all(slots.map(resolve)), allowed(o.filters)]), hits = both[0], pass = both[1];
      hits.forEach(function (hs) {
        var touched = [];
        hs.forEach(function (h) {
          var r = rarity(h.df), multi = h.tier === 'form' && h.g.f.length > 1, code = Math.min(h.rank, 3);
          for (var i = 0; i < h.p.length; i++) {
            var doc = h.p[i] >>> 4, v = r * e.i[h.p[i] & 15] * (multi && (h.g.c[i >> 2] >> (i % 4 * 2) & 3) !== code ? AS.other : h.w);
            if (!best[doc]) touched.push(doc);
            if (v > best[doc]) best[doc] = v;
          }
        });
        for (var doc of touched) { sum[doc] += best[doc]; seen[doc]++; best[doc] = 0; }
      });
      await phrases(slots, hits, sum);
      var n = slots.length, top = 0, order = [], bonus = {}, i;
      // Pages called just what was asked for.
      var named = slots.map(function (s, i) {
        var hs = hits[i].filter(function (h) { return h.g; });
        return !s.phrase && hs.filter(function (h) { return h.form === hs[0].form; }).map(function (h) { return h.g; }).sort(function (a, b) { return a.k < b.k ? -1 : 1; })[0];
      });
      if (n && named.every(Boolean) && (named = Array.from(new Set(named)).sort(function (a, b) { return a.p.length - b.p.length || (a.k < b.k ? -1 : 1); })).length < 5) {
        var name = await term(named.map(function (g) { return g.k; }).join('+') + '+');
        if (name) for (i of name.p) bonus[i >>> 4] = i & 15;
      }
      function through(pass) {
        for (top = i = 0; i < e.n; i++) if (!pass || pass[i]) top = Math.max(top, sum[i]);
        return function (i) { return sum[i] && (!pass || pass[i]) && (seen[i] >= n || sum[i] * 4 >= top); };
      }
      for (i = 0; i < e.n; i++) sum[i] *= 8 - (n <= 4 ? n - seen[i] : 0) + (bonus[i] || 0);
      var found = through(pass);
      for (i = 0; i < e.n; i++) if (found(i)) order.push(sum[i] * 1048576 + 1048575 - i);
      order = Float64Array.from(order).sort().reverse();
      var res = { total: order.length, results: [], widened: [], terms: terms(hits), query: q };
      slots.forEach(function (s, i) {
        var l = hits[i].filter(function (h) { return h.tier === 'typo' || h.tier === 'start'; }).map(function (h) { return h.form; });
        if (l.length) res.widened.push({ word: s.t, forms: Array.from(new Set(l)) });
      });
      var docs = Array.from(order.slice(0, o.limit || 10), function (x) { return 1048575 - x % 1048576; });
      res.results = await Promise.all(docs.map(async function (doc) {
        var a = (await get('c', doc / e.c | 0, function (b) { return JSON.parse(text(b)); }))[doc % e.c], root = o.root;
        return { id: a[6] || a[0].replace(/\.html$/, ''), url: root + a[0], title: a[1], summary: a[2] || '', type: a[3] || '', office: a[4] || '', cost: a[5] || '', score: sum[doc],
          related: (a[7] || []).map(function (r) { return { title: r[0], url: root + r[1] }; }) };
      }));
      if (o.facets) {
        // What a value would give: all other facets hold, its own does not.
        res.facets = await Promise.all((await facets()).map(async function (f) {
          var others = Object.assign({}, o.filters);
          delete others[f[0]];
          var found = through(await allowed(others));
          return { name: f[0], values: f[1].map(function (v) { return { value: v[0], count: v[1].filter(found).length }; }) };
        }));
      }
      return res;
    }

    /* What to mark in a text: forms found, and the starts of words. */
    function terms(hits) {
      var t = { forms: new Set(), keys: new Set(), starts: [] };
      [].concat.apply([], hits).forEach(function (h) { if (h.g) { t.keys.add(h.g.k); h.g.f.forEach(function (f) { t.forms.add(f); }); } else t.starts.push(h.form); });
      return t;
    }
    /* Cuts a text into [words to mark or not, ...] pairs: [text, marked]. */
    function mark(s, t) {
      return s.split(/([\p{L}\p{M}\p{Nd}]+)/u).filter(Boolean).map(function (piece) {
        var hit = false;
        words.tokens(piece, function (tok) { var f = words.fold(tok); hit = hit || t.forms.has(f) || t.keys.has(words.key(tok, f)) || t.starts.some(function (p) { return f.startsWith(p); }); });
        return [piece, hit];
      });
    }
    return { search: search, mark: mark, words: words };
  }

  /* ---- what pages call ---- */
  function place(o) {
    var el = d.querySelector('[data-module~="search"][data-index],[data-module~="search-results"][data-index]');
    return { base: o.base || (el && el.getAttribute('data-index')) || 'search/', lang: o.lang || (el && el.getAttribute('data-lang')) || d.documentElement.lang };
  }
  var open = {};
  belfry.index = function (o) {
    var p = place(o || {});
    return open[p.lang] = open[p.lang] || load(p.base, p.lang).then(function (e) { return Index(p.base, e); })
      .catch(function (err) { delete open[p.lang]; throw err; });
  };
  belfry.search = async function (query, o) {
    o = Object.assign({}, o);
    var p = place(o);
    o.root = o.root || new URL('../', new URL(p.base, d.baseURI)).href;
    return (await belfry.index(o)).search(String(query), o);
  };
})(window, document);
