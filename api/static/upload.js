// Sends files one by one, a few at a time, and follows each until it is read.
"use strict";
(() => {
  const drop = document.getElementById("drop");
  if (!drop) return;
  const words = drop.dataset;
  const sent = document.getElementById("sent");
  const sum = document.getElementById("sum");
  const bar = document.getElementById("bar");
  const barWords = document.getElementById("bar-words");
  const AT_ONCE = 3, TRIES = 6, FOLLOWED = 12;
  const waiting = [], following = new Map();
  let running = 0, total = 0, finished = 0;

  const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const refresh = () => { const rows = document.getElementById("rows"); if (rows && window.htmx) htmx.trigger(rows, "refresh"); };

  function line(file) {
    const item = document.createElement("li");
    const name = document.createElement("span");
    const told = document.createElement("span");
    name.className = "name"; told.className = "told";
    name.textContent = file.webkitRelativePath || file.name;
    item.append(name, told);
    sent.prepend(item); sent.hidden = false; sum.hidden = false;
    return item;
  }
  function tell(item, state, text) { item.className = state; item.lastChild.textContent = text; }
  function showSum() {
    bar.value = total ? Math.round(100 * finished / total) : 0;
    barWords.textContent = `${finished} / ${total}`;
  }

  function send(file, item) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      const form = new FormData();
      form.append("files", file, file.name);
      request.open("POST", "/v1/documents");
      request.responseType = "json";
      request.upload.onprogress = (event) => {
        if (event.lengthComputable) tell(item, "", `${words.uploading} ${Math.round(100 * event.loaded / event.total)} %`);
      };
      request.onload = () => resolve(request);
      request.onerror = () => reject(new Error("network"));
      request.send(form);
    });
  }

  async function one({ file, item }) {
    for (let tried = 0; tried < TRIES; tried += 1) {
      try {
        const request = await send(file, item);
        if (request.status === 429 || request.status === 503) {
          await pause(Number(request.getResponseHeader("Retry-After")) || 5);
          continue;
        }
        if (request.status >= 400) {
          tell(item, "bad", `${words.refused}: ${(request.response && request.response.detail) || request.status}`);
          return;
        }
        const { document: found, known } = request.response.items[0];
        const link = document.createElement("a");
        link.href = `/documents/${found.id}`; link.textContent = item.firstChild.textContent;
        item.firstChild.replaceWith(link);
        tell(item, found.status, known ? words.known : words[found.status]);
        if (found.status === "queued" || found.status === "running") following.set(found.id, item);
        return;
      } catch {
        tell(item, "bad", words.lost);
        await pause(2 + tried);
      }
    }
    tell(item, "bad", words.lost);
  }

  async function work() {
    running += 1;
    while (waiting.length) {
      await one(waiting.shift());
      finished += 1; showSum();
    }
    running -= 1;
    if (!running) refresh();
  }

  function take(files) {
    for (const file of files) {
      if (file.name.startsWith(".")) continue;
      waiting.push({ file, item: line(file) }); total += 1;
    }
    showSum();
    while (running < AT_ONCE && waiting.length > 0 && running < total) work();
  }

  async function follow() {
    for (const [id, item] of [...following].slice(0, FOLLOWED)) {
      try {
        const answer = await fetch(`/v1/documents/${id}`);
        if (!answer.ok) continue;
        const found = await answer.json();
        tell(item, found.status, words[found.status]);
        if (found.status === "done" || found.status === "failed") following.delete(id);
      } catch { /* asked again next time */ }
    }
    setTimeout(follow, 1200);
  }
  follow();

  async function entries(entry) {
    if (entry.isFile) return [await new Promise((resolve, reject) => entry.file(resolve, reject))];
    const reader = entry.createReader(), found = [];
    for (;;) {
      const part = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (!part.length) break;
      for (const child of part) found.push(...await entries(child));
    }
    return found;
  }

  for (const name of ["dragenter", "dragover"]) addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
  addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop.classList.remove("over"); });
  addEventListener("drop", async (event) => {
    event.preventDefault(); drop.classList.remove("over");
    const items = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
    if (!items.length) { take([...event.dataTransfer.files]); return; }
    for (const item of items) take(await entries(item));
  });
  for (const id of ["files", "folder"]) {
    const input = document.getElementById(id);
    input.addEventListener("change", () => { take([...input.files]); input.value = ""; });
  }
  document.body.addEventListener("htmx:afterSwap", (event) => {
    const rows = document.getElementById("rows"), count = document.getElementById("total");
    if (rows && count && event.detail.target.id === "rows") count.textContent = rows.dataset.total;
  });
})();
