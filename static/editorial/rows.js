// Rows without a reload: another one from the template, up, down. Without this the button that
// adds a row asks the server for one, and the place of each is a number that is typed.

const numbered = (list) => {
    [...list.children].forEach((row, place) => {
        row.querySelector("[name$='-ORDER']").value = place + 1;
    });
};

const dress = (row) => {
    row.querySelector(".place").hidden = true;
    for (const button of row.querySelectorAll("[data-move]")) button.hidden = false;
};

const add = (set, list) => {
    const total = set.querySelector("[name$='-TOTAL_FORMS']");
    const most = Number(set.querySelector("[name$='-MAX_NUM_FORMS']").value);
    if (Number(total.value) >= most) return;
    const fresh = set.querySelector("template").content.cloneNode(true).firstElementChild;
    for (const each of [fresh, ...fresh.querySelectorAll("*")]) {
        for (const name of ["id", "name", "for", "aria-describedby"]) {
            const said = each.getAttribute(name);
            if (said) each.setAttribute(name, said.replace("__prefix__", total.value));
        }
    }
    total.value = Number(total.value) + 1;
    list.append(fresh);
    dress(fresh);
    numbered(list);
    fresh.querySelector("input:not([type=hidden]), select, textarea").focus();
};

const move = (row, steps) => {
    const other = steps < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (steps < 0) other.before(row);
    else other.after(row);
    numbered(row.parentElement);
    row.querySelector(`[data-move="${steps}"]`).focus();
};

for (const set of document.querySelectorAll("[data-rows]")) {
    const list = set.querySelector(".row-list");
    [...list.children].forEach(dress);
    set.addEventListener("click", (event) => {
        const button = event.target.closest("button");
        if (button?.name === "add") {
            event.preventDefault();
            add(set, list);
        } else if (button?.dataset.move) {
            move(button.closest(".row-form"), Number(button.dataset.move));
        }
    });
}
