/* Dark or light: as the system has it, until somebody says otherwise here. */

const KEY = "starwise-theme";
/** Beside this file, whatever page it serves. */
const ICONS = new URL("icons.svg", import.meta.url).href;
const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

/** Makes a button switch the theme, and tell which one it would switch to. */
export function themeSwitch(button) {
  apply(recall());
  systemIsDark.addEventListener("change", () => label(button));
  button.addEventListener("click", () => {
    const theme = current() === "dark" ? "light" : "dark";
    apply(theme);
    remember(theme);
    label(button);
  });
  label(button);
}

function current() {
  return document.documentElement.dataset.theme ?? (systemIsDark.matches ? "dark" : "light");
}

function apply(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
}

function label(button) {
  const next = current() === "dark" ? "light" : "dark";
  button.setAttribute("aria-label", `Use the ${next} theme`);
  button.querySelector("use").setAttribute("href", `${ICONS}#${next === "dark" ? "moon" : "sun"}`);
}

/** Storage may be blocked or full; the choice then lasts as long as the page. */
function remember(theme) {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // As said.
  }
}

function recall() {
  try {
    const theme = localStorage.getItem(KEY);
    return theme === "dark" || theme === "light" ? theme : null;
  } catch {
    return null;
  }
}
