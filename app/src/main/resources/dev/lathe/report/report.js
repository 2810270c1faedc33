// Sorts a table by the clicked heading; numbers by their data-v, text by itself. The sum row stays last.
document.querySelectorAll("table.sortable").forEach(function (table) {
  table.querySelectorAll("th[data-sort]").forEach(function (heading) {
    heading.addEventListener("click", function () {
      var column = Array.prototype.indexOf.call(heading.parentNode.children, heading);
      var down = heading.getAttribute("aria-sort") !== "descending";
      table.querySelectorAll("th").forEach(function (h) { h.removeAttribute("aria-sort"); });
      heading.setAttribute("aria-sort", down ? "descending" : "ascending");
      var body = table.tBodies[0];
      var rows = Array.prototype.slice.call(body.querySelectorAll("tr:not(.sum)"));
      var sums = Array.prototype.slice.call(body.querySelectorAll("tr.sum"));
      function key(row) {
        var cell = row.children[column];
        return heading.dataset.sort === "n" ? parseFloat(cell.dataset.v || "-1") : cell.textContent;
      }
      rows.sort(function (a, b) {
        var x = key(a), y = key(b);
        return (x < y ? -1 : x > y ? 1 : 0) * (down ? -1 : 1);
      });
      rows.concat(sums).forEach(function (r) { body.appendChild(r); });
    });
  });
});
