"use strict";
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  const body = table.tBodies[0];
  const key = (row, column) =>
    row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
  const compare = (x, y, sign) => {
    if (x === "" || y === "") return (x === "") - (y === ""); // what is empty always comes last
    const difference = Number(x) - Number(y);
    if (!Number.isNaN(difference)) return sign * difference;
    return sign * x.localeCompare(y, undefined, { numeric: true });
  };
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const sign = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", sign === 1 ? "ascending" : "descending");
      const rows = [...body.rows];
      rows.sort((a, b) => compare(key(a, column), key(b, column), sign));
      body.append(...rows);
    });
  });
}
