// Names of lenders and questions while a query is typed. Every page works without this.
const address = document.currentScript.dataset.from;
const WAIT = 150; // milliseconds without a key

for (const input of document.querySelectorAll("form.search input[type=search]")) {
  const list = document.createElement("datalist");
  list.id = `${input.id}-names`;
  input.after(list);
  input.setAttribute("list", list.id);
  let timer = 0;
  let asked = "";
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const typed = input.value.trim();
      if (!typed || typed === asked) return;
      asked = typed;
      try {
        const response = await fetch(`${address}?q=${encodeURIComponent(typed)}`);
        if (!response.ok || asked !== typed) return;
        const { lenders, topics } = await response.json();
        list.replaceChildren(...[...lenders, ...topics].map(({ name, surface }) => {
          const option = document.createElement("option");
          option.value = name;
          if (surface && surface !== name) option.label = surface;
          return option;
        }));
      } catch { /* without a connection there are no suggestions */ }
    }, WAIT);
  });
}
