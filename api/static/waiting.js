// Opens the document once it is read, and asks for another reading.
"use strict";
(() => {
  const box = document.getElementById("waiting");
  const id = box.dataset.id;
  const again = document.getElementById("again");
  if (again) again.addEventListener("click", async () => {
    again.disabled = true;
    await fetch(`/v1/documents/${id}/reprocess`, { method: "POST" });
    location.reload();
  });
  const unlock = document.getElementById("unlock");
  if (unlock) unlock.addEventListener("submit", async (event) => {
    event.preventDefault();
    const password = document.getElementById("password").value;
    await fetch(`/v1/documents/${id}/reprocess`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ password }),
    });
    location.reload();
  });
  if (box.dataset.status !== "failed") {
    const events = new EventSource(`/v1/documents/${id}/events`);
    events.addEventListener("status", (event) => {
      const status = JSON.parse(event.data).status;
      if (status === "done" || status === "failed") { events.close(); location.reload(); }
    });
  }
})();
