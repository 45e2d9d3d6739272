// Sends a form of the API's documentation and shows the answer.
for (const form of document.forms) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const query = new URLSearchParams();
    let path = form.dataset.path;
    for (const input of form.querySelectorAll("input")) {
      const value = input.value.trim();
      if (input.dataset.in === "path") path = path.replace(`{${input.name}}`, encodeURIComponent(value));
      else if (value) query.set(input.name, value);
    }
    const options = { method: form.dataset.method.toUpperCase() };
    const body = form.querySelector("textarea");
    if (body) Object.assign(options, { body: body.value, headers: { "Content-Type": "application/json" } });
    const address = query.size ? `${path}?${query}` : path;
    const output = form.querySelector("output");
    try {
      const response = await fetch(address, options);
      const text = await response.text();
      let shown = text;
      try { shown = JSON.stringify(JSON.parse(text), null, 2); } catch { /* not JSON: as it is */ }
      output.textContent = `${options.method} ${address}\n${response.status} ${response.statusText}\n\n${shown.slice(0, 20000)}`;
    } catch (error) {
      output.textContent = String(error);
    }
  });
}
