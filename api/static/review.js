// The review screen: values and their places on the page, changes as JSON Patch, everything by keyboard.
"use strict";
(() => {
  const root = document.getElementById("review");
  const words = root.dataset;
  const id = words.id, mayChange = words.may === "1";
  const sheets = document.getElementById("sheets");
  const live = document.getElementById("live");
  const fields = () => [...root.querySelectorAll(".field")];
  const input = (field) => field.querySelector("input, textarea, select");
  let version = words.version, saving = Promise.resolve();

  function tell(text, bad = false) {
    live.textContent = text;
    live.className = bad ? "toast shown bad" : "toast shown";
    clearTimeout(tell.timer);
    tell.timer = setTimeout(() => live.classList.remove("shown"), bad ? 6000 : 1500);
  }

  // --- places on the page ---------------------------------------------------------------------------------------
  const marks = [...sheets.querySelectorAll("[data-pointer]")];
  function covers(mark, pointer) {
    const own = mark.dataset.pointer;
    return own === pointer || own.startsWith(`${pointer}/`);
  }
  function paint() {
    for (const mark of marks) mark.classList.remove("doubt", "seen");
    for (const field of fields()) {
      const level = field.classList.contains("seen") ? "seen" : (field.matches(".doubt, .check") ? "doubt" : "");
      if (level) for (const mark of marks) if (covers(mark, field.dataset.pointer)) mark.classList.add(level);
    }
  }
  function bringInto(box, holder) {
    const inner = box.getBoundingClientRect(), outer = holder.getBoundingClientRect();
    if (inner.top < outer.top + 40 || inner.bottom > outer.bottom - 40) holder.scrollTop += inner.top - outer.top - outer.height / 3;
    if (inner.left < outer.left || inner.right > outer.right) holder.scrollLeft += inner.left - outer.left - outer.width / 4;
  }
  function point(pointer) {
    let first = null;
    for (const mark of marks) {
      const on = covers(mark, pointer);
      mark.classList.toggle("now", on);
      if (on && !first) first = mark;
    }
    if (first) bringInto(first, sheets);
  }
  function open(pointer) {
    const found = fields().find((field) => field.dataset.pointer === pointer)
      || fields().find((field) => pointer.startsWith(`${field.dataset.pointer}/`))
      || fields().find((field) => field.dataset.pointer.startsWith(`${pointer}/`));
    if (!found) return;
    input(found).focus({ preventScroll: true });
    found.scrollIntoView({ block: "center" });
  }
  sheets.addEventListener("click", (event) => {
    const mark = event.target.closest("[data-pointer]");
    if (mark) open(mark.dataset.pointer);
  });
  root.addEventListener("focusin", (event) => {
    const field = event.target.closest(".field");
    if (field) point(field.dataset.pointer);
  });
  for (const crop of root.querySelectorAll("img.crop")) {
    const [page, box] = crop.dataset.crop.split("|");
    crop.src = `/v1/documents/${id}/pages/${page}.png?crop=${box}&width=900`;
  }

  // --- zoom -----------------------------------------------------------------------------------------------------
  let zoom = 1;
  function setZoom(value) {
    const middle = (sheets.scrollTop + sheets.clientHeight / 2) / Math.max(1, sheets.scrollHeight);
    zoom = Math.min(4, Math.max(0.5, value));
    sheets.style.setProperty("--zoom", zoom);
    const shown = document.getElementById("zoom-words");
    if (shown) shown.textContent = `${Math.round(zoom * 100)}%`;
    sheets.scrollTop = middle * sheets.scrollHeight - sheets.clientHeight / 2;
  }
  const zooms = { in: () => setZoom(zoom * 1.25), out: () => setZoom(zoom / 1.25), fit: () => setZoom(1) };
  for (const button of root.querySelectorAll("[data-zoom]")) button.addEventListener("click", () => zooms[button.dataset.zoom]());

  // --- changes --------------------------------------------------------------------------------------------------
  function valueOf(field) {
    const text = input(field).value.trim(), kind = field.dataset.kind;
    if (text === "") return null;
    const last = field.dataset.pointer.split("/").pop();
    if (kind === "stars") return text.split(/[,\s]+/).filter(Boolean).map(Number);
    if (kind === "number") return Number(text.replace(",", "."));
    if (kind === "choice" && last === "stars") return Number(text);
    return text;
  }
  const changed = (field) => input(field).value.trim() !== field.dataset.original.trim();
  function operationsOf(field) {
    const path = field.dataset.pointer, value = valueOf(field);
    if (!changed(field)) return [{ op: "test", path, value }];
    const parent = path.split("/").slice(0, -1).join("/");
    // An object that the record left null is made whole first.
    if (parent === "/agency" && !fields().some((one) => one.dataset.pointer.startsWith("/agency/") && one.dataset.null === "")) {
      return [{ op: "add", path: "/agency", value: { name: "…", [path.split("/").pop()]: value } }];
    }
    return [{ op: field.dataset.null ? "add" : "replace", path, value }];
  }

  async function patch(operations) {
    const run = async () => {
      tell(words.saving);
      const answer = await fetch(`/v1/documents/${id}/record`, {
        method: "PATCH",
        headers: { "Content-Type": "application/json-patch+json", "If-Match": `"${version}"` },
        body: JSON.stringify(operations),
      });
      const body = await answer.json();
      if (answer.ok) version = String(body.version);
      return { status: answer.status, body };
    };
    saving = saving.then(run, run);
    return saving;
  }
  function settled(field) {
    for (const one of fields()) {
      if (one.dataset.pointer !== field.dataset.pointer) continue;
      input(one).value = input(field).value;
      one.dataset.original = input(field).value.trim();
      one.dataset.null = one.dataset.original === "" ? "1" : "";
      one.classList.remove("doubt", "check", "sure", "blank", "changed");
      one.classList.add("seen");
      one.querySelector(".field-state").textContent = "✓";
      for (const old of one.querySelectorAll(".conflict, .message.differs")) old.remove();
    }
    const left = root.querySelectorAll(".doubtful .field.doubt, .doubtful .field.check").length;
    document.getElementById("left").textContent = left;
    document.getElementById("left").classList.toggle("none", left === 0);
    document.getElementById("none-left").hidden = left > 0;
    paint();
  }
  async function save(field) {
    const { status, body } = await patch(operationsOf(field));
    if (status === 200) { settled(field); tell(words.saved); return true; }
    if (status === 412 || status === 409) { await conflict(field); return false; }
    tell(`${words.failed} ${body.detail || ""}`, true);
    return false;
  }

  const at = (record, pointer) => pointer.split("/").slice(1).reduce((value, part) => (value == null ? undefined : value[part.replace(/~1/g, "/").replace(/~0/g, "~")]), record);
  async function conflict(field) {
    const answer = await fetch(`/v1/documents/${id}/record`);
    if (!answer.ok) { tell(words.failed, true); return; }
    const body = await answer.json();
    version = String(body.version);
    const current = at(body.record, field.dataset.pointer);
    const shown = current == null ? "" : String(current);
    if (shown === field.dataset.original) { if (await save(field)) next(field); return; } // only other values changed
    for (const old of field.querySelectorAll(".conflict")) old.remove();
    const box = document.createElement("div");
    box.className = "conflict"; box.setAttribute("role", "alert");
    const told = document.createElement("span"), value = document.createElement("q");
    told.textContent = `${words.conflict} ${words.current}: `; value.textContent = shown || "–"; told.append(value);
    const mine = document.createElement("button"), theirs = document.createElement("button");
    mine.type = theirs.type = "button"; mine.className = theirs.className = "small-button";
    mine.textContent = words.mine; theirs.textContent = words.theirs;
    mine.addEventListener("click", async () => { field.dataset.original = shown; field.dataset.null = shown === "" ? "1" : ""; if (await save(field)) next(field); });
    theirs.addEventListener("click", () => { field.dataset.original = shown; input(field).value = shown; box.remove(); mark(field); input(field).focus(); });
    box.append(told, mine, theirs);
    field.append(box);
    mine.focus();
  }

  // --- moving about ---------------------------------------------------------------------------------------------
  function go(field) {
    if (!field) return;
    input(field).focus({ preventScroll: true });
    field.scrollIntoView({ block: "center" });
    if (input(field).select) input(field).select();
  }
  function step(field, by) {
    const all = fields().filter((one) => one.offsetParent);
    go(all[Math.min(all.length - 1, Math.max(0, all.indexOf(field) + by))]);
  }
  function next(field) {
    const all = fields().filter((one) => one.offsetParent), place = all.indexOf(field);
    const rest = [...all.slice(place + 1), ...all.slice(0, place)];
    const wanted = rest.find((one) => one.matches(".doubt, .check")) || all[place + 1];
    if (wanted) go(wanted); else { const end = document.getElementById("confirm"); if (end) end.focus(); }
  }
  function mark(field) { field.classList.toggle("changed", changed(field)); }
  const draft = (field) => input(field).value.trim() === "" && field.dataset.null === "1";
  async function act(field) { if (draft(field)) next(field); else if (await save(field)) next(field); }

  async function confirmDocument(state) {
    await saving.catch(() => null);
    const answer = await fetch(`/v1/documents/${id}/review`, {
      method: "POST", headers: { "Content-Type": "application/json", "If-Match": `"${version}"` }, body: JSON.stringify({ state }),
    });
    if (answer.status === 412) { location.reload(); return; }
    if (!answer.ok) { tell(words.failed, true); return; }
    if (state === "confirmed" && words.next) location.href = `/documents/${words.next}`; else location.reload();
  }

  if (mayChange) {
    root.addEventListener("input", (event) => { const field = event.target.closest(".field"); if (field) mark(field); });
    root.addEventListener("click", async (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      const field = button.closest(".field");
      if (button.matches(".confirm")) act(field);
      else if (button.matches(".take")) { const value = JSON.parse(button.dataset.value); input(field).value = value == null ? "" : String(value); act(field); }
      else if (button.matches(".keep")) { if (await save(field)) next(field); }
      else if (button.matches(".add") || button.matches(".remove")) {
        const operation = button.matches(".add")
          ? { op: "add", path: `${button.dataset.list}/-`, value: JSON.parse(button.dataset.entry) }
          : { op: "remove", path: button.dataset.pointer };
        const { status, body } = await patch([operation]);
        if (status === 200) {
          if (operation.op === "add") location.hash = `${button.dataset.list}/${at(body.record, button.dataset.list).length - 1}`;
          location.reload();
        } else tell(`${words.failed} ${body.detail || ""}`, true);
      }
    });
    const confirm = document.getElementById("confirm");
    confirm.addEventListener("click", () => confirmDocument(confirm.dataset.state));
    const again = document.getElementById("again");
    again.addEventListener("click", async () => { await fetch(`/v1/documents/${id}/reprocess`, { method: "POST" }); location.reload(); });
  }
  const help = document.getElementById("help");
  document.getElementById("help-button").addEventListener("click", () => help.showModal());

  addEventListener("keydown", (event) => {
    const field = event.target.closest && event.target.closest(".field");
    if (event.altKey && ["+", "=", "-", "0"].includes(event.key)) { event.preventDefault(); zooms[event.key === "-" ? "out" : event.key === "0" ? "fit" : "in"](); return; }
    if (event.key === "Enter" && event.ctrlKey && mayChange) { event.preventDefault(); confirmDocument("confirmed"); return; }
    if (!field || event.isComposing) return;
    if (event.key === "Enter" && mayChange && !event.shiftKey && event.target === input(field)) { event.preventDefault(); act(field); }
    else if (event.altKey && event.key === "ArrowDown") { event.preventDefault(); step(field, 1); }
    else if (event.altKey && event.key === "ArrowUp") { event.preventDefault(); step(field, -1); }
    else if (event.key === "Escape") { input(field).value = field.dataset.original; mark(field); }
  });
  addEventListener("beforeunload", (event) => { if (mayChange && fields().some((field) => changed(field))) event.preventDefault(); });

  paint();
  const wanted = decodeURIComponent(location.hash.slice(1));
  if (wanted.startsWith("/")) open(wanted);
  else if (matchMedia("(min-width: 46.01rem)").matches) go(root.querySelector(".doubtful .field"));
})();
