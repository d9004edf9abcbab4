"use strict";
// The page for marks: keys, the sum, a draft that survives leafing through, saving.

const form = document.getElementById("marks");
const go = document.getElementById("go");
if (go) {
  document.addEventListener("keydown", (event) => { if (event.key === "Enter") go.click(); });
}
if (form) mark(form);

function mark(form) {
  const items = [...form.querySelectorAll(".item")];
  const comment = document.getElementById("comment");
  const says = document.getElementById("says");
  const draft = `draft ${form.dataset.answer}`;
  let seen = form.dataset.seen.split(" ").map(Number);
  let saving = false;

  const value = (item) => {
    const text = item.value.trim().replace(",", ".");
    return /^\d+(\.\d*)?$|^\.\d+$/.test(text) ? Number(text) : null;
  };
  const fits = (item) => value(item) !== null && value(item) <= Number(item.dataset.of);
  const say = (text) => { says.textContent = text; says.hidden = !text; };

  function sum() {
    for (const item of items) item.setAttribute("aria-invalid", String(item.value.trim() !== "" && !fits(item)));
    const known = items.filter(fits).map(value);
    const total = Math.round(known.reduce((a, b) => a + b, 0) * 1e6) / 1e6;
    document.getElementById("total").textContent = known.length ? String(total) : "–";
  }

  function remember() {
    say("");
    sum();
    const now = { points: items.map((item) => item.value), comment: comment.value, seen };
    sessionStorage.setItem(draft, JSON.stringify(now));
  }

  function recall() {
    const kept = JSON.parse(sessionStorage.getItem(draft) || "null");
    if (kept && kept.points.length === items.length && String(kept.seen) === String(seen)) {
      items.forEach((item, i) => { item.value = kept.points[i]; });
      comment.value = kept.comment;
    }
    sum();
  }

  function step(from, by) {
    const place = items.indexOf(from) + by;
    if (place >= items.length) comment.focus();
    else if (place >= 0) { items[place].focus(); items[place].select(); }
  }

  function fill(item, points) { item.value = points; remember(); step(item, 1); }

  function toggle(selector) {
    const all = [...document.querySelectorAll(selector)];
    const open = !all.some((one) => one.open);
    for (const one of all) one.open = open;
  }

  function use(number) {
    const button = form.querySelectorAll(".use")[number - 1];
    if (!button) return;
    const text = button.querySelector("span").textContent;
    const before = comment.value.trimEnd();
    if (!before.split("\n").includes(text)) comment.value = before ? `${before}\n${text}` : text;
    remember();
    comment.focus();
  }

  async function save() {
    if (saving) return;
    const open = items.find((item) => !fits(item));
    if (open) {
      say(`0 to ${open.dataset.of} points, please.`);
      open.focus();
      return;
    }
    saving = true;
    const body = JSON.stringify({ points: items.map(value), comment: comment.value, seen });
    const headers = { "Content-Type": "application/json" };
    try {
      const reply = await fetch(location.pathname, { method: "POST", headers, body });
      const told = await reply.json();
      if (reply.ok) {
        sessionStorage.removeItem(draft);
        location.assign(told.next);
        return;
      }
      if (told.seen) {
        seen = told.seen;
        remember();
        say(`${told.says} Saving again replaces it with yours.`);
      } else say(told.says);
    } catch {
      say("Not saved: the program that shows this page does not answer. What you typed is kept here.");
    }
    saving = false;
  }

  const follow = (id) => { const link = document.getElementById(id); if (link) location.assign(link.href); };
  const commands = {
    f: (item) => item && fill(item, item.dataset.of),
    z: (item) => item && fill(item, "0"),
    a: () => { for (const item of items) item.value = item.dataset.of; remember(); comment.focus(); },
    c: () => comment.focus(),
    s: () => toggle(".sample"),
    q: () => toggle("#question"),
    j: () => window.scrollBy(0, 300),
    k: () => window.scrollBy(0, -300),
    n: () => follow("following"),
    p: () => follow("previous"),
  };

  document.addEventListener("keydown", (event) => {
    const item = items.includes(event.target) ? event.target : null;
    const digit = /^Digit([1-9])$/.exec(event.code);
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
    else if (event.altKey && digit) use(Number(digit[1]));
    else if (event.ctrlKey || event.metaKey || event.altKey) return;
    else if (event.target === comment) {
      if (event.key !== "Escape") return;
      items[0].focus();
    } else if (item && (event.key === "Enter" || event.key === "ArrowDown")) step(item, 1);
    else if (item && event.key === "ArrowUp") step(item, -1);
    else if (commands[event.key]) commands[event.key](item);
    else return;
    event.preventDefault();
  });
  form.addEventListener("input", remember);
  form.addEventListener("submit", (event) => { event.preventDefault(); save(); });
  form.querySelectorAll(".use").forEach((button, i) => button.addEventListener("click", () => use(i + 1)));

  recall();
  items[0].focus();
  items[0].select();
}
