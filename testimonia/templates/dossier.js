/* Reading needs none of this: it folds what is long, filters, and opens what a link points to. */
(function () {
  "use strict";
  var all = function (selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); };
  var cards = all("article.ev"), references = all("p.ref"), groups = all("section.group");
  var form = document.getElementById("filter"), found = document.getElementById("found");
  var toggle = document.getElementById("open-all");
  var fields = ["type", "place", "party", "outlet", "mod", "lang"], timer = 0;

  function fold(card, open) {
    var quotes = card.querySelector("details.quotes");
    if (quotes && !(open && quotes.classList.contains("graphic"))) { quotes.open = open; }
  }

  function wanted(card, ask) {
    var has = function (name) { return !ask[name] || (" " + card.getAttribute("data-" + name) + " ").indexOf(" " + ask[name] + " ") >= 0; };
    var first = card.getAttribute("data-first"), last = card.getAttribute("data-last");
    var dated = !(ask.first || ask.last) || (first && (!ask.first || last >= ask.first) && (!ask.last || first <= ask.last));
    return fields.every(has) && dated && (!ask.con || card.hasAttribute("data-con"));
  }

  function filter() {
    var ask = { con: form.elements.con.checked, first: form.elements.first.value, last: form.elements.last.value };
    fields.forEach(function (name) { ask[name] = form.elements[name].value; });
    var shown = new Set(), number = 0;
    cards.forEach(function (card) {
      card.hidden = !wanted(card, ask);
      if (!card.hidden) { shown.add(card.id); number += 1; }
    });
    references.forEach(function (line) { line.hidden = !shown.has(line.getAttribute("data-card")); });
    groups.forEach(function (group) { group.hidden = !group.querySelector("article.ev:not([hidden]), p.ref:not([hidden])"); });
    var events = cards.length.toLocaleString("en");
    found.textContent = number === cards.length ? "All " + events + " entries shown." : number.toLocaleString("en") + " of " + events + " entries shown.";
  }

  function reveal() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) { return; }
    if (target.hidden || (target.closest("[hidden]"))) { form.reset(); filter(); }
    var card = target.closest("article.ev");
    if (card) { fold(card, true); target.scrollIntoView(); }
  }

  /* Where the timeline is wider than the screen: begin where most marks are, and keep the names of the lanes in sight. */
  function follow(box) {
    var svg = box.querySelector("svg"), names = svg ? all(".ln", svg) : [], most = 0;
    if (!svg || box.scrollWidth <= box.clientWidth) { return; }
    var edge = svg.getBoundingClientRect().left, scale = svg.viewBox.baseVal.width / svg.getBoundingClientRect().width;
    var marks = all(".at", svg).map(function (mark) { return mark.getBoundingClientRect().left - edge; }).sort(function (a, b) { return a - b; });
    var room = Math.max.apply(null, names.map(function (name) { return name.getBoundingClientRect().width; })) + 12;
    marks.forEach(function (x) {
      var inside = marks.filter(function (other) { return other >= x && other < x + box.clientWidth - room; }).length;
      if (inside > most) { most = inside; box.scrollLeft = x - room; }
    });
    var keep = function () { names.forEach(function (name) { name.setAttribute("x", String(box.scrollLeft * scale)); }); };
    box.addEventListener("scroll", keep);
    keep();
  }

  cards.forEach(function (card) { if (!card.hasAttribute("data-con")) { fold(card, false); } });
  form.hidden = false;
  form.querySelector("details").open = matchMedia("(min-width: 56rem)").matches;
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(filter, 120); });
  form.addEventListener("reset", function () { setTimeout(filter, 0); });
  toggle.addEventListener("click", function () {
    var open = toggle.getAttribute("aria-pressed") !== "true";
    toggle.setAttribute("aria-pressed", String(open));
    cards.forEach(function (card) { if (!card.hidden) { fold(card, open); } });
  });
  addEventListener("hashchange", reveal);
  all(".time figcaption + .scroll").forEach(follow);
  filter();
  reveal();
}());
