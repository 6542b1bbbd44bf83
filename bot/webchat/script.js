// The page works without this; with it, it is live, and nothing typed is lost.
// It runs in the browsers inside other apps, so it uses nothing newer than 2018.
(function () {
  'use strict';
  var d = document, w = window, body = d.body;
  if (!w.fetch || !w.EventSource || !w.URLSearchParams || !('content' in d.createElement('template'))) return;
  var $ = function (id) { return d.getElementById(id); };
  var log = $('log'), form = $('say'), text = $('text'), state = $('state'), toast = $('toast'), typing = $('typing'),
    down = $('down'), hello = $('hello');
  var words = JSON.parse(body.dataset.words), title = d.title, key = body.dataset.key, since = log.dataset.since;
  var KEEPS = 200, slice = Array.prototype.slice;

  // What the browser keeps: the draft, and each thing that is to be sent.
  // Where that is full or forbidden, this page alone remembers.
  var memory = {};
  var store = {
    get: function (k) { if (k in memory) return memory[k]; try { return localStorage.getItem(k); } catch (e) { return null; } },
    set: function (k, v) { try { localStorage.setItem(k, v); delete memory[k]; } catch (e) { memory[k] = v; } },
    drop: function (k) { delete memory[k]; try { localStorage.removeItem(k); } catch (e) { /* nothing kept */ } },
    keys: function () {
      var kept = [];
      try { kept = Object.keys(localStorage); } catch (e) { /* nothing kept */ }
      return kept.concat(Object.keys(memory).filter(function (k) { return kept.indexOf(k) < 0; }));
    }
  };
  var draftKey = 'draft:' + key, outKey = 'out:' + key + ':';

  function newID() {
    var b = new Uint8Array(16), s = '';
    w.crypto.getRandomValues(b);
    for (var i = 0; i < b.length; i++) s += ('0' + b[i].toString(16)).slice(-2);
    return s;
  }

  // --- the log ---

  function numbered() { return slice.call(log.querySelectorAll('.m[data-n]')); }
  function near() { return d.documentElement.scrollHeight - w.innerHeight - w.pageYOffset < 160; }
  function bottom() { w.scrollTo(0, d.documentElement.scrollHeight); down.hidden = true; }

  // reveal goes to what is new: its beginning where it is taller than the screen.
  function reveal(el) {
    bottom();
    if (!el) return;
    var top = el.getBoundingClientRect().top - d.querySelector('.top').offsetHeight;
    if (top < 0) w.scrollBy(0, top - 8);
  }

  function markDay(el) {
    if (!el) return;
    var before = el.previousElementSibling;
    while (before && !before.dataset.n) before = before.previousElementSibling;
    el.classList.toggle('first', !before || before.dataset.day !== el.dataset.day);
  }

  // put shows a message in its place, new or changed.
  function put(html) {
    var t = d.createElement('template');
    t.innerHTML = html;
    var el = t.content.firstElementChild;
    if (!el || !el.dataset.n) return;
    var n = +el.dataset.n, all = numbered(), newest = all.length ? +all[all.length - 1].dataset.n : 0;
    if (newest - n >= KEEPS) return;
    var stick = near(), old = $(el.id), own = el.classList.contains('me'), focused = null;
    if (old) {
      var at = d.activeElement;
      if (old.contains(at)) focused = at.value || el.id;
      log.replaceChild(el, old);
    } else {
      var after = all.filter(function (x) { return +x.dataset.n > n; })[0] || log.querySelector('.m:not([data-n])');
      log.insertBefore(el, after || null);
      if (n - KEEPS > 0) all.forEach(function (x) { if (+x.dataset.n <= n - KEEPS) log.removeChild(x); });
    }
    markDay(el);
    var next = el.nextElementSibling;
    if (next && next.dataset.n) markDay(next);
    if (el.dataset.say) { var p = $('p-' + el.dataset.say); if (p) log.removeChild(p); }
    if (focused) {
      var same = slice.call(el.querySelectorAll('button')).filter(function (b) { return b.value === focused; })[0];
      (same || el).focus({preventScroll: true});
    }
    hello.hidden = true;
    if (own) { if (stick) bottom(); return; }
    wait(false);
    if (old) { if (stick && log.lastElementChild === el) reveal(el); return; }
    if (d.hidden) count(el);
    if (stick) reveal(el); else { down.textContent = '↓ ' + words['new']; down.hidden = false; }
  }

  // --- what was not read ---

  var unread = 0, line = null;
  function count(el) {
    unread++;
    if (!line) {
      line = d.createElement('div');
      line.className = 'new';
      line.textContent = words['new'];
      el.insertBefore(line, el.firstChild.nextSibling);
    }
    d.title = '(' + unread + ') ' + title;
  }
  function seen() { unread = 0; d.title = title; }
  function clearLine() { if (line && line.parentNode) line.parentNode.removeChild(line); line = null; }

  var waiting = 0;
  function wait(on) {
    clearTimeout(waiting);
    var stick = near();
    typing.hidden = !on;
    if (on) { waiting = setTimeout(wait, 12000, false); if (stick) bottom(); }
  }

  var toasting = 0;
  function say(s) {
    clearTimeout(toasting);
    toast.textContent = s || '';
    toast.hidden = !s;
    if (s) toasting = setTimeout(say, 3000 + 80 * s.length, '');
  }

  // --- the live connection ---

  var source = null, opening = 0, lostSoon = 0, pause = 1000, heard = Date.now(), resting = false;
  function lost(on) {
    clearTimeout(lostSoon);
    lostSoon = 0;
    if (!on) { if (state.textContent) state.textContent = ''; return; }
    state.textContent = words.lost;
  }
  function soonLost() { if (!lostSoon && !state.textContent) lostSoon = setTimeout(lost, 2500, true); }
  function connect() {
    clearTimeout(opening);
    if (source) source.close();
    resting = false;
    var s = source = new EventSource('/live?since=' + encodeURIComponent(since));
    heard = Date.now();
    function alive() { heard = Date.now(); }
    s.onopen = function () { alive(); pause = 1000; lost(false); pump(true); };
    s.addEventListener('beat', alive);
    s.addEventListener('m', function (e) { alive(); since = e.lastEventId; put(e.data); });
    s.addEventListener('reset', function () { s.close(); location.reload(); });
    s.addEventListener('rest', function () { s.close(); resting = true; if (!d.hidden && d.hasFocus()) connect(); });
    s.onerror = function () {
      if (s !== source || resting) return;
      soonLost();
      if (s.readyState === 2) { opening = setTimeout(connect, pause); pause = Math.min(2 * pause, 20000); }
    };
  }
  // A phone that slept, or a network that forgot us, says nothing by itself.
  setInterval(function () { if (!resting && Date.now() - heard > 50000) { soonLost(); connect(); } }, 5000);
  function awake() {
    if (d.hidden) return;
    seen();
    if (resting || !source || source.readyState === 2 || Date.now() - heard > 25000) connect();
    pump(true);
  }
  d.addEventListener('visibilitychange', awake);
  w.addEventListener('focus', awake);
  w.addEventListener('online', function () { connect(); });
  w.addEventListener('pageshow', function (e) { if (e.persisted) location.reload(); });

  // --- what is to be sent ---

  var mine = {}, busy = false, retry = 0, backoff = 1000, again = !!(history.state && history.state.again);
  function queue() {
    return store.keys().filter(function (k) { return k.indexOf(outKey) === 0; }).map(function (k) {
      try { return JSON.parse(store.get(k)); } catch (e) { store.drop(k); return null; }
    }).filter(Boolean).sort(function (a, b) { return a.at - b.at || (a.id < b.id ? -1 : 1); });
  }
  function send(item) {
    item.id = item.id || newID();
    item.at = Date.now();
    mine[item.id] = true;
    store.set(outKey + item.id, JSON.stringify(item));
    show(item);
    pump(true);
  }
  // show puts words on the page before they are said.
  function show(item) {
    if (item.kind !== 'say' || $('p-' + item.id) || log.querySelector('[data-say="' + item.id + '"]')) return;
    var el = d.createElement('article'), b = d.createElement('div'), t = d.createElement('div'), at = d.createElement('span');
    el.className = 'm me pending';
    el.id = 'p-' + item.id;
    el.setAttribute('aria-live', 'off');
    b.className = 'b'; t.className = 't'; at.className = 'at';
    t.textContent = item.text;
    at.textContent = words.sending;
    b.appendChild(t); b.appendChild(at); el.appendChild(b); log.appendChild(el);
    hello.hidden = true;
  }
  function settle(item) {
    store.drop(outKey + item.id);
    var el = $('p-' + item.id);
    if (el) el.classList.remove('pending');
    if (el) el.querySelector('.at').textContent = '';
  }
  function giveUp(item) {
    store.drop(outKey + item.id);
    var el = $('p-' + item.id);
    if (el) log.removeChild(el);
    if (item.kind !== 'say') return;
    text.value = item.text + (text.value ? '\n' + text.value : '');
    grow();
    store.set(draftKey, text.value);
  }
  function calm() {
    slice.call(d.querySelectorAll('.going')).forEach(function (b) { b.classList.remove('going'); });
    slice.call(d.querySelectorAll('form[data-busy]')).forEach(function (f) { f.removeAttribute('data-busy'); f.removeAttribute('aria-busy'); });
  }
  function later(ms) { clearTimeout(retry); retry = setTimeout(pump, ms, false); backoff = Math.min(2 * backoff, 30000); }
  function pump(now) {
    if (busy) return;
    clearTimeout(retry);
    if (now) backoff = 1000;
    var items = queue(), item = items[0];
    if (!item) return;
    var age = Date.now() - item.at; // another page of this browser is at it
    if (!mine[item.id] && age < 6000 && age >= 0) { retry = setTimeout(pump, 6000 - age, false); return; }
    busy = true;
    var data = new URLSearchParams();
    data.set('form', body.dataset.form);
    data.set('id', item.id);
    ['text', 'message', 'data', 'code'].forEach(function (k) { if (item[k]) data.set(k, item[k]); });
    if (item.kind !== 'open') wait(true);
    var cut = w.AbortController ? new AbortController() : null, late = cut && setTimeout(function () { cut.abort(); }, 25000);
    fetch('/' + item.kind, {method: 'POST', body: data, credentials: 'same-origin', headers: {'Accept': 'application/json'}, signal: cut ? cut.signal : undefined})
      .then(function (r) { return r.json().catch(function () { return {}; }).then(function (v) { return {status: r.status, after: +r.headers.get('Retry-After'), words: v.words}; }); })
      .catch(function () { return {status: 0}; })
      .then(function (r) {
        clearTimeout(late);
        busy = false;
        if (r.status === 200) {
          backoff = 1000;
          settle(item);
          calm();
          say(r.words);
          pump(false);
        } else if (r.status === 429 || r.status === 0 || r.status >= 500) {
          wait(false);
          if (r.words) say(r.words); else soonLost();
          later(Math.max(backoff, (r.after || 0) * 1000));
        } else if (r.status === 403 && !again) {
          history.replaceState({again: true}, ''); // once: the cookie was renewed or taken out, or is never kept
          location.reload();
        } else {
          wait(false);
          giveUp(item);
          calm();
          say(r.words);
          pump(false);
        }
        if (r.status === 200 && again) { again = false; history.replaceState(null, ''); }
      });
  }
  w.addEventListener('storage', function (e) {
    if (!e.key) return;
    if (e.key.indexOf(outKey) === 0) {
      if (e.newValue) { show(JSON.parse(e.newValue)); pump(false); } else settle({id: e.key.slice(outKey.length)});
    } else if (e.key === draftKey && d.activeElement !== text) { text.value = e.newValue || ''; grow(); }
  });

  // --- what people do ---

  function grow() { text.style.height = 'auto'; if (text.value) text.style.height = Math.min(text.scrollHeight + 2, 180) + 'px'; }
  text.addEventListener('input', function () {
    grow();
    if (text.value) store.set(draftKey, text.value); else store.drop(draftKey);
  });
  text.addEventListener('keydown', function (e) {
    if (e.key !== 'Enter' || e.shiftKey || e.isComposing || e.keyCode === 229) return;
    e.preventDefault();
    submit();
  });
  form.addEventListener('submit', function (e) { e.preventDefault(); submit(); });
  function submit() {
    var s = text.value.trim();
    if (!s) { text.focus(); return; }
    text.value = '';
    store.drop(draftKey);
    grow();
    clearLine();
    send({kind: 'say', text: s});
    bottom();
  }
  log.addEventListener('click', function (e) {
    var b = e.target.closest ? e.target.closest('form.k button') : null;
    if (!b) return;
    e.preventDefault();
    var f = b.form;
    if (f.dataset.busy) return;
    f.dataset.busy = '1';
    f.setAttribute('aria-busy', 'true');
    b.classList.add('going');
    clearLine();
    send({kind: 'press', message: f.elements.message.value, data: b.value});
  });
  var menu = d.querySelector('.menu');
  d.addEventListener('click', function (e) { if (menu.open && !menu.contains(e.target)) menu.open = false; });
  d.addEventListener('keydown', function (e) {
    if (e.key === 'Escape' && menu.open) { menu.open = false; menu.querySelector('summary').focus(); }
  });
  down.addEventListener('click', bottom);
  w.addEventListener('scroll', function () { if (!down.hidden && near()) down.hidden = true; }, {passive: true});
  w.addEventListener('resize', function () { if (d.activeElement === text && near()) bottom(); });
  $('out').addEventListener('submit', function () {
    store.keys().forEach(function (k) { if (k.indexOf(outKey) === 0 || k === draftKey) store.drop(k); });
  });

  function open() {
    if (d.hidden) { d.addEventListener('visibilitychange', function f() { d.removeEventListener('visibilitychange', f); open(); }); return; }
    var code = body.dataset.code;
    if (code) history.replaceState(history.state, '', '/');
    send({kind: 'open', code: code});
  }
  var greet = $('open');
  if (greet) greet.addEventListener('submit', function (e) { e.preventDefault(); open(); });

  // --- the beginning ---

  if (!text.value) { text.value = store.get(draftKey) || ''; }
  grow();
  queue().forEach(show);
  bottom();
  w.addEventListener('load', function () { if (!w.pageYOffset || near()) bottom(); });
  connect();
  if (body.dataset.open && !queue().some(function (i) { return i.kind === 'open'; })) open();
  if (toast.textContent) say(toast.textContent);
})();
