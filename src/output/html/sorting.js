"use strict";
// Sorts tables by a column, and filters them by text. Without it they are read as they are.
for (const table of document.querySelectorAll("table.sorted")) {
  const body = table.tBodies[0];
  const number = (text) => parseFloat(text.replace(/−/g, "-").replace(/[^\d.+-].*$/, ""));
  const value = (row, column) => {
    const text = row.cells[column].textContent.trim();
    return row.cells[column].classList.contains("number") ? number(text) : text;
  };
  const compare = (a, b) => {
    if (typeof a === "string") return a.localeCompare(b, "ar");
    return (isNaN(a) ? -Infinity : a) - (isNaN(b) ? -Infinity : b);
  };
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const falls = head.getAttribute("aria-sort") !== "descending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", falls ? "descending" : "ascending");
      const rows = [...body.rows].map((row) => [value(row, column), row]);
      rows.sort(([a], [b]) => (falls ? compare(b, a) : compare(a, b)));
      body.append(...rows.map(([, row]) => row));
    });
  });
  if (body.rows.length > 5) {
    const { filter, none } = document.body.dataset;
    const field = document.createElement("input");
    field.type = "search";
    field.placeholder = filter;
    field.setAttribute("aria-label", filter);
    const told = document.createElement("span");
    told.setAttribute("role", "status");
    const bar = document.createElement("p");
    bar.className = "filter screen";
    bar.append(field, " ", told);
    table.closest(".wide").before(bar);
    field.addEventListener("input", () => {
      const sought = field.value.trim().toLowerCase();
      let shown = 0;
      for (const row of body.rows) {
        row.hidden = !row.textContent.toLowerCase().includes(sought);
        shown += !row.hidden;
      }
      told.textContent = shown ? (sought ? `${shown} / ${body.rows.length}` : "") : none;
    });
  }
}
