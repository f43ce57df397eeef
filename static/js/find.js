// Names while you type. Without this file the search form works as it is. It asks our
// own site for a handful of names and stores nothing.
for (const input of document.querySelectorAll("input[data-find]")) enhance(input);

function enhance(input) {
  const said = made("p", { role: "status" });
  const list = made("ul", { role: "listbox", id: input.id + "-list", hidden: "" });
  const box = made("div", { class: "found" });
  let timer, asked, chosen = -1;

  list.setAttribute("aria-label", input.labels[0].textContent);
  box.append(said, list);
  input.after(box);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
    "aria-controls": list.id,
  })) input.setAttribute(name, value);

  input.addEventListener("input", (event) => {
    // What an input method is still composing is not what somebody means.
    if (!event.isComposing) wait();
  });
  input.addEventListener("compositionend", wait);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", pressed);
  box.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("li");
    if (option) location.href = option.dataset.url;
  });

  function wait() {
    clearTimeout(timer);
    asked?.abort();
    const query = input.value.trim();
    if (query.length < (/^[\0-\u024f]*$/.test(query) ? 2 : 1)) close();
    else timer = setTimeout(ask, 180, query);
  }

  async function ask(query) {
    asked = new AbortController();
    try {
      const address = `${input.dataset.find}?q=${encodeURIComponent(query)}`;
      const answer = await fetch(address, { signal: asked.signal, credentials: "omit" });
      if (answer.ok && input === document.activeElement) show(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  function show({ said: sentence, places }) {
    list.replaceChildren(...places.map(option));
    list.hidden = !places.length;
    said.textContent = sentence;
    input.setAttribute("aria-expanded", String(!list.hidden));
    choose(-1);
    const bottom = box.getBoundingClientRect().bottom;
    // A phone's keyboard covers the lower half of the screen.
    if (bottom > visualViewport.height) input.labels[0].scrollIntoView();
  }

  function option({ name, country, status, url }, number) {
    const row = made("li", { role: "option", id: `${list.id}-${number}`, "data-url": url });
    const about = [country, status].filter(Boolean).join(" · ");
    row.append(name, " ", made("span", {}, about));
    return row;
  }

  function choose(number) {
    chosen = number;
    [...list.children].forEach((row, place) =>
      row.setAttribute("aria-selected", String(place === number)));
    const row = list.children[number];
    row?.scrollIntoView({ block: "nearest" });
    if (row) input.setAttribute("aria-activedescendant", row.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function pressed(event) {
    if (event.isComposing) return;
    const { key } = event, size = list.children.length + 1;
    if (key === "Escape" && !list.hidden) { event.preventDefault(); close(); }
    if (list.hidden) { if (key === "ArrowDown") wait(); return; }
    // One step past either end is the input itself.
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step) { event.preventDefault(); choose((chosen + 1 + step + size) % size - 1); }
    if (key === "Enter" && chosen >= 0) {
      event.preventDefault();
      list.children[chosen].click();
    }
  }

  function close() {
    clearTimeout(timer);
    asked?.abort();
    list.hidden = true;
    list.replaceChildren();
    said.textContent = "";
    input.setAttribute("aria-expanded", "false");
    choose(-1);
  }
}

function made(tag, attributes, text = "") {
  const element = document.createElement(tag);
  for (const name in attributes) element.setAttribute(name, attributes[name]);
  element.textContent = text;
  return element;
}
