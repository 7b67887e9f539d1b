/* Unpacks raw DEFLATE (RFC 1951): one path for every browser, and no waiting for
   a stream. Damaged bytes throw. */
(function (belfry) {
  'use strict';
  belfry.inflate = function (src) {
    var out = new Uint8Array(src.length * 4 + 64), n = 0, pos = 0, hold = 0, have = 0, final, type;
    function bits(k) {
      while (have < k) { if (pos > src.length + 4) throw new Error('search: damaged'); hold |= (src[pos++] || 0) << have; have += 8; }
      var v = hold & ((1 << k) - 1);
      hold >>>= k; have -= k;
      return v;
    }
    function room(k) {
      if (n + k > out.length) { var o = new Uint8Array((n + k) * 2); o.set(out); out = o; }
    }
    function tree(lens) {
      var count = new Uint16Array(16), at = new Uint16Array(16), syms = [], i;
      for (i = 0; i < lens.length; i++) if (lens[i]) count[lens[i]]++;
      for (i = 1; i < 16; i++) at[i] = at[i - 1] + count[i - 1];
      for (i = 0; i < lens.length; i++) if (lens[i]) syms[at[lens[i]]++] = i;
      return { c: count, s: syms };
    }
    function sym(t) {
      for (var code = 0, first = 0, index = 0, len = 1; len < 16; len++) {
        code |= bits(1);
        var c = t.c[len];
        if (code - c < first) return t.s[index + code - first];
        index += c; first = (first + c) << 1; code <<= 1;
      }
      throw new Error('search: damaged');
    }
    function fill(k, v) { return new Array(k).fill(v); }
    do {
      final = bits(1); type = bits(2);
      if (type === 0) {
        hold = have = 0;
        var len = src[pos] | src[pos + 1] << 8;
        room(len); out.set(src.subarray(pos + 4, pos + 4 + len), n);
        n += len; pos += 4 + len;
      } else {
        var lit, dist, lens = [];
        if (type === 1) {
          lit = tree(fill(144, 8).concat(fill(112, 9), fill(24, 7), fill(8, 8)));
          dist = tree(fill(30, 5));
        } else {
          var nl = bits(5) + 257, nd = bits(5) + 1, nc = bits(4) + 4, cl = fill(19, 0), i;
          for (i = 0; i < nc; i++) cl[[16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15][i]] = bits(3);
          cl = tree(cl);
          while (lens.length < nl + nd) {
            var s = sym(cl);
            if (s < 16) lens.push(s);
            else lens = lens.concat(s === 16 ? fill(3 + bits(2), lens[lens.length - 1]) : fill(s === 17 ? 3 + bits(3) : 11 + bits(7), 0));
          }
          lit = tree(lens.slice(0, nl)); dist = tree(lens.slice(nl));
        }
        for (;;) {
          var v = sym(lit);
          if (v < 256) { room(1); out[n++] = v; continue; }
          if (v === 256) break;
          v -= 257;
          var e = v < 8 || v === 28 ? 0 : (v >> 2) - 1;
          var run = v === 28 ? 258 : v < 8 ? v + 3 : ((4 + (v & 3)) << e) + 3 + bits(e);
          v = sym(dist);
          e = v < 4 ? 0 : (v >> 1) - 1;
          var back = v < 4 ? v + 1 : ((2 + (v & 1)) << e) + 1 + bits(e);
          room(run);
          if (back > n) throw new Error('search: damaged');
          for (; run--; n++) out[n] = out[n - back];
        }
      }
    } while (!final);
    return out.subarray(0, n);
  };
})(window.belfry = window.belfry || {});
