// Keys of a presenter and a clicker; the size of the window. See keys.py for why this is not a widget.
const STEPS = {ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1};
const QUICK = 1500; // ms in which the server's answer to an earlier key may still arrive
const CLOSES = 200; // ms that a menu needs to take a choice and close
const FIELDS = "input, textarea, [role=listbox], [role=dialog], [role=menu], [contenteditable=true]";
let live = null; // what the mounted component listens with
let at = 0, shown = -1, sent = 0, byPointer = false;

function leave() {
  const url = new URL(location.href);
  for (const name of ["present", "commit", "slide", "screen", "embed", "embed_options"]) url.searchParams.delete(name);
  location.assign(url);
}

function fullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen().catch(() => {});
}

// Streamlit reads what hides its header once, when the page loads: a bookmark may lack it.
function embed() {
  const url = new URL(location.href);
  if (url.searchParams.get("embed") === "true") return false;
  url.searchParams.set("embed", "true");
  url.searchParams.append("embed_options", "light_theme");
  url.searchParams.append("embed_options", "disable_scrolling");
  location.replace(url);
  return true;
}

function onKey(event) {
  if (!live || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.composedPath()[0];
  if (event.key === "Tab") byPointer = false;
  if (target.closest?.(FIELDS)) return;
  // Who reached a button with the keyboard presses it with Space or Enter.
  if (event.key === " " && !byPointer && target.closest?.("button, a, label")) return;
  if (live(event.key)) {
    event.preventDefault();
    event.stopPropagation();
  }
}

addEventListener("keydown", onKey, true);
addEventListener("pointerdown", () => { byPointer = true; }, true);
// A menu keeps the keyboard after a choice; the keys belong to the slides again once it has closed.
addEventListener("pointerup", event => {
  if (event.target.closest?.("[role=option]")) setTimeout(() => document.activeElement?.blur(), CLOSES);
}, true);

export default function ({data, setTriggerValue, setStateValue}) {
  if (embed()) return;
  if (data.leave) { leave(); return; }
  if (Date.now() - sent > QUICK) at = data.index;
  // After a click on a control the keys belong to the slides again.
  if (byPointer && data.index !== shown) document.activeElement?.blur();
  shown = data.index;
  const go = to => {
    to = Math.max(0, Math.min(data.count - 1, to));
    if (to === at) return;
    at = to;
    sent = Date.now();
    setTriggerValue("turn", to);
  };
  const mine = key => {
    if (key in STEPS) go(at + STEPS[key]);
    else if (key === "Home") go(0);
    else if (key === "End") go(data.count - 1);
    else if (key === "Escape") leave();
    else if (key === "f" || key === "F") fullScreen();
    else if (/^[0-9]$/.test(key)) setTriggerValue("spot", (Number(key) + 9) % 10);
    else return false;
    return true;
  };
  live = mine;
  const measure = () => {
    const size = `${innerWidth}x${innerHeight}`;
    if (size !== data.screen) setStateValue("screen", size);
  };
  measure();
  addEventListener("resize", measure);
  return () => {
    removeEventListener("resize", measure);
    if (live === mine) live = null;
  };
}
