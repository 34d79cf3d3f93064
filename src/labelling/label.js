// The page of `mizan label`. Text only ever becomes text nodes; the server's policy lets nothing
// else through.
"use strict";

const SIDES = ["favor", "neutral", "against"];
const LONG_PRESS = 500;
const $ = (id) => document.getElementById(id);

// The token stands in the fragment of the address, which is sent nowhere.
const token = (() => {
  const given = location.hash.slice(1);
  if (given) {
    sessionStorage.setItem("token", given);
    history.replaceState(null, "", "/");
  }
  return given || sessionStorage.getItem("token") || "";
})();

const state = {
  article: null, // as the server shows it
  label: [null, null], // the stance toward each camp
  marks: [new Map(), new Map()], // by camp: sentence → list of [first, last]
  camp: 0, // whom marks are for
  first: null, // the first word of an expression that has no last one yet
  cursor: null, // the word that the keyboard is at
  words: [], // by number: { element, sentence, gap }
  rings: new Map(), // by sentence: its rings
  saved: false, // whether the answer is on the disk, and the model's opinion shown
  settling: null, // the disagreement that is being settled
  since: 0,
  busy: false,
  progress: null,
  training: null, // how the training stood when it was last heard of
};

// ---- asking the server

async function ask(path, body) {
  const options = { headers: { "X-Mizan-Token": token }, cache: "no-store" };
  if (body !== undefined) {
    options.method = "POST";
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw { message: "mizan does not answer: nothing was saved just now. Start it again, open the new address, or press the key again." };
  }
  const type = response.headers.get("Content-Type") || "";
  const said = type.startsWith("application/json") ? await response.json() : { error: await response.text() };
  if (!response.ok) throw { status: response.status, message: said.error || response.statusText };
  return said;
}

// One thing at a time: a key that is held does not answer twice.
async function once(work) {
  if (state.busy) return;
  state.busy = true;
  document.body.classList.add("busy");
  try {
    await work();
  } catch (error) {
    if (!error.message) throw error;
    say(error.message, true);
    if (error.status === 409 && state.article) await reread();
  } finally {
    state.busy = false;
    document.body.classList.remove("busy");
  }
}

function say(text, isError) {
  $("status").textContent = text;
  $("status").classList.toggle("error", Boolean(isError));
}

// ---- elements

function element(name, { text, children = [], ...attributes } = {}) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  if (text !== undefined) made.textContent = text;
  made.append(...children);
  return made;
}

const campIds = () => [...document.querySelectorAll("fieldset legend b")].map((one) => one.textContent);

// ---- the article

function show(article, { label = null, settling = null } = {}) {
  Object.assign(state, { article, settling, saved: false, first: null, cursor: null, since: performance.now() });
  state.words = [];
  state.rings = new Map();
  take(label);
  $("opinion").hidden = true;
  $("side-by-side").hidden = !settling;
  $("panel").hidden = !article;
  $("note-label").textContent = settling ? "Reason (needed)" : "Note";
  $("about").replaceChildren();
  $("text").replaceChildren();
  if (!article) return;
  about(article.date);
  for (const paragraph of article.paragraphs) {
    const shown = element(paragraph.is_title ? "h2" : "p", { dir: "auto" });
    for (const sentence of paragraph.sentences) shown.append(sentenceElement(sentence));
    $("text").append(shown);
  }
  if (settling) sideBySide(settling);
  paint();
  window.scrollTo(0, 0);
}

// The codebook: look at nothing but the text. So its outlet is shown after the answer.
function about(...parts) {
  $("about").replaceChildren(...parts.filter(Boolean).map((text) => element("bdi", { dir: "auto", text })));
}

function sentenceElement(sentence) {
  const shown = element("span", { class: "s" });
  const ring = element("button", { type: "button", class: "ring", "aria-pressed": "false", "aria-label": "mark this sentence", lang: "en" });
  ring.addEventListener("click", () => markSentence(sentence.number));
  shown.append(ring);
  state.rings.set(sentence.number, [...(state.rings.get(sentence.number) || []), { ring, shown }]);
  for (const word of sentence.words) {
    const classes = ["w"];
    if (word.is_reported) classes.push("reported");
    if (word.camp !== undefined) classes.push("who", ["first", "second"][word.camp]);
    if (word.is_ally) classes.push("ally");
    const written = element("span", { class: classes.join(" "), text: word.text });
    if (word.camp !== undefined) written.title = campIds()[word.camp] + (word.is_ally ? " (helps it)" : "");
    const gap = element("span", { class: "gap" + (word.is_reported ? " reported" : ""), text: word.space });
    press(written, () => pressWord(word.number), () => markSentence(sentence.number));
    state.words[word.number] = { element: written, gap, sentence: sentence.number };
    shown.append(written, gap);
  }
  return shown;
}

// A short press, or a long one. A finger that moves scrolls.
function press(target, short, long) {
  let timer = null;
  let isLong = false;
  const stop = () => clearTimeout(timer);
  target.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    isLong = false;
    timer = setTimeout(() => {
      isLong = true;
      long();
    }, LONG_PRESS);
  });
  for (const name of ["pointerup", "pointercancel", "pointerleave"]) target.addEventListener(name, stop);
  target.addEventListener("contextmenu", (event) => isLong && event.preventDefault());
  target.addEventListener("click", () => {
    stop();
    if (!isLong) short();
    isLong = false;
  });
}

// ---- the label

function take(label) {
  state.label = label ? [...label.stances] : [null, null];
  state.marks = [new Map(), new Map()];
  state.first = null;
  for (const mark of (label && label.marks) || []) state.marks[mark.camp].set(mark.sentence, mark.expressions.map((one) => [...one]));
  $("note").value = (label && label.note) || "";
  chooseCamp();
}

const takesSide = (camp) => state.label[camp] === "favor" || state.label[camp] === "against";

// Marks are for a camp toward which a side is taken; while none is, for the one chosen.
function chooseCamp() {
  if (!takesSide(state.camp) && takesSide(1 - state.camp)) state.camp = 1 - state.camp;
}

function choose(camp, stance) {
  if (!state.article || state.saved) return;
  const other = 1 - camp;
  if (state.label[other] === "unrelated") state.label[other] = null;
  state.label[camp] = stance;
  if (takesSide(camp)) state.camp = camp;
  chooseCamp();
  say(`${campIds()[camp]}: ${stance}`);
  paint();
}

function unrelated() {
  if (!state.article || state.saved) return;
  state.label = ["unrelated", "unrelated"];
  say("unrelated");
  paint();
}

// ---- rationale

function canMark() {
  if (!state.article || state.saved) return false;
  if (state.label.every((stance) => stance !== null) && !takesSide(0) && !takesSide(1)) {
    say("This label takes no side: there is nothing to mark.");
    return false;
  }
  return true;
}

function markSentence(number) {
  if (!canMark()) return;
  const marks = state.marks[state.camp];
  state.first = null;
  if (marks.has(number)) marks.delete(number);
  else marks.set(number, []);
  say(marks.has(number) ? `sentence marked for ${campIds()[state.camp]}` : "mark taken away");
  paint();
}

function pressWord(number) {
  if (!canMark()) return;
  state.cursor = number;
  const sentence = state.words[number].sentence;
  const marks = state.marks[state.camp];
  if (state.first === null) {
    const expressions = marks.get(sentence) || [];
    const there = expressions.findIndex(([first, last]) => first <= number && number <= last);
    if (there >= 0) {
      expressions.splice(there, 1);
      say("mark taken away");
    } else {
      state.first = number;
      say("first word; now the last one");
    }
  } else if (state.words[state.first].sentence !== sentence) {
    state.first = number;
    say("An expression stands within one sentence: this is its first word now.");
  } else {
    const [first, last] = [Math.min(state.first, number), Math.max(state.first, number)];
    const apart = (marks.get(sentence) || []).filter(([one, other]) => other < first || last < one);
    marks.set(sentence, [...apart, [first, last]].sort((one, other) => one[0] - other[0]));
    state.first = null;
    say(`expression marked for ${campIds()[state.camp]}`);
  }
  paint();
}

function move(step, bySentence) {
  if (!state.words.length) return;
  let at = state.cursor;
  if (at === null) at = step > 0 ? 0 : state.words.length - 1;
  else if (bySentence) {
    const own = state.words[at].sentence;
    const target = state.words.findIndex((word) => word && word.sentence === own + step);
    if (target >= 0) at = target;
  } else at = Math.min(Math.max(at + step, 0), state.words.length - 1);
  state.cursor = at;
  const word = state.words[at];
  word.element.scrollIntoView({ block: "nearest" });
  say(word.element.textContent);
  paint();
}

// ---- painting: all of it follows from the state

function paint() {
  const { label, marks, camp, saved } = state;
  for (const button of document.querySelectorAll("[data-stance]")) {
    button.setAttribute("aria-pressed", String(label[Number(button.dataset.camp)] === button.dataset.stance));
    button.disabled = saved;
  }
  $("unrelated").setAttribute("aria-pressed", String(label[0] === "unrelated"));
  $("unrelated").disabled = $("note").disabled = $("skip").disabled = saved;
  document.body.classList.toggle("saved", saved);
  $("skip").hidden = Boolean(state.settling);
  $("mark-camp").textContent = campIds()[camp];
  $("mark-for").className = ["first", "second"][camp];
  $("mark-for").disabled = saved || !(label.includes(null) || (takesSide(0) && takesSide(1)));
  const isWhole = label.every((stance) => stance !== null);
  $("save").textContent = saved ? "Next" : state.settling ? "Settle" : "Save";
  $("save").disabled = !saved && !isWhole;
  // Marks toward a camp are kept, but not shown, while its stance takes no side.
  const shown = [0, 1].map((one) => (takesSide(one) || label[one] === null ? marks[one] : new Map()));
  for (const [sentence, parts] of state.rings) {
    const of = [0, 1].filter((one) => shown[one].has(sentence));
    for (const { ring, shown: element } of parts) {
      element.classList.toggle("for-first", of.includes(0));
      element.classList.toggle("for-second", of.includes(1));
      ring.setAttribute("aria-pressed", String(of.includes(camp)));
    }
  }
  state.words.forEach((word, number) => {
    const within = (one, at) => (shown[one].get(word.sentence) || []).find(([first, last]) => first <= at && at <= last);
    for (const one of [0, 1]) {
      const found = within(one, number);
      const name = ["x-first", "x-second"][one];
      word.element.classList.toggle(name, Boolean(found));
      word.gap.classList.toggle(name, Boolean(found) && number < found[1]);
    }
    word.element.classList.toggle("pending", number === state.first);
    word.element.classList.toggle("cursor", number === state.cursor);
  });
}

function marksToSend() {
  const sent = [];
  [0, 1].filter(takesSide).forEach((camp) => {
    for (const [sentence, expressions] of [...state.marks[camp]].sort((one, other) => one[0] - other[0])) sent.push({ camp, sentence, expressions });
  });
  return sent;
}

// ---- what is pressed

function save() {
  if (!state.article) return;
  if (state.saved) return void once(next);
  if (state.label.includes(null)) return say("Choose a stance toward each camp first: 1–3 and 4–6, or 7.", true);
  if (state.settling && !$("note").value.trim()) {
    say("Say why: a decision needs a reason.", true);
    return $("note").focus();
  }
  once(async () => {
    const { article, settling } = state;
    const known = settling ? settling.settled : article.own;
    const said = await ask(settling ? "/api/settle" : "/api/answer", {
      article: article.number,
      hash: article.hash,
      seen: known ? known.stances : null,
      stances: state.label,
      note: $("note").value,
      marks: marksToSend(),
      order: settling ? null : $("order").value,
      by_outlet: $("by-outlet").checked,
      seconds: (performance.now() - state.since) / 1000,
    });
    progress(said.progress);
    if (settling) {
      Object.assign(state, { settling: null, saved: true });
      paint();
      say("Settled, and on the disk. Enter: next.");
      return openDisagreements();
    }
    state.saved = true;
    about(article.id, said.opinion.outlet, article.date);
    opinion(said.opinion);
    paint();
    $("opinion").scrollIntoView({ block: "nearest" });
    say("Saved: it is on the disk. Enter: next.");
    $("save").focus({ preventScroll: true });
  });
}

async function next() {
  const query = new URLSearchParams({ order: $("order").value, by_outlet: $("by-outlet").checked });
  const said = await ask(`/api/next?${query}`);
  show(said.article);
  if (said.article) {
    say(`${said.n_left} left in this order`);
    document.activeElement.blur();
  } else say("Nothing is left in this order: choose another one above.");
}

// What stands on the disk now, where it is not what the page showed.
async function reread() {
  const { article, settling } = state;
  try {
    if (settling) return await openDisagreements();
    const now = await ask(`/api/article?number=${article.number}`);
    const said = $("status").textContent;
    show(now, { label: now.own });
    say(said + (now.own ? ` (${now.own.stances.join(", ")})` : ""), true);
  } catch {
    await next().catch(() => {});
  }
}

const undo = () => once(async () => {
  const said = await ask("/api/undo", {});
  show(said.article, { label: said.label });
  progress(said.progress);
  say("Taken back: change it and save it again, or skip it.");
});

const skip = () => state.article && !state.saved && !state.settling && once(async () => {
  progress((await ask("/api/skip", { article: state.article.number, order: $("order").value })).progress);
  await next();
});

function switchCamp() {
  if ($("mark-for").disabled) return;
  state.camp = 1 - state.camp;
  state.first = null;
  say(`marking for ${campIds()[state.camp]}`);
  paint();
}

function faint() {
  const isFaint = document.body.classList.toggle("faint");
  $("faint").setAttribute("aria-pressed", String(isFaint));
}

// ---- the model's opinion, after the answer

function opinion(said) {
  const shown = $("opinion");
  shown.hidden = false;
  shown.replaceChildren(element("h3", { text: "What the model says" }));
  if (said.why_not) return shown.append(element("p", { text: said.why_not }));
  said.camps.forEach((one, camp) => {
    const agrees = state.label[camp] === one.stance || (state.label[camp] === "unrelated" && said.unrelated > 0.5);
    const line = element("p", { class: ["first", "second"][camp], children: [
      element("b", { text: campIds()[camp] }), ` ${one.stance} ${one.probability.toFixed(2)} `,
      element("span", { class: agrees ? "agrees" : "differs", text: agrees ? "as you" : `you: ${state.label[camp]}` }),
    ] });
    if (one.words.length) line.append(element("span", { class: "words", lang: "ar", dir: "rtl", text: one.words.join("، ") }));
    shown.append(line);
    for (const sentence of one.sentences) {
      for (const { shown: of } of state.rings.get(sentence) || []) of.classList.add("decides");
    }
  });
  const deciding = said.camps.flatMap((one) => one.sentences);
  shown.append(element("p", { class: "small", text: deciding.length ? "The sentences that decide it are framed in the text." : "No sentence decides a side." }));
}

// ---- progress and agreement

function progress(now) {
  state.progress = now;
  const share = now.articles ? Math.round((100 * now.labelled) / now.articles) : 0;
  $("bar").setAttribute("aria-valuenow", share);
  $("bar").setAttribute("aria-valuetext", `${now.labelled} of ${now.articles} articles`);
  $("bar").firstElementChild.style.width = `${share}%`;
  $("disputed").textContent = now.disputed;
  const box = $("problems");
  box.hidden = !now.problems.length;
  box.replaceChildren(
    element("b", { text: "Something is wrong with the files of the set; mend it in an editor, and this goes away:" }),
    element("ul", { children: now.problems.slice(0, 20).map((problem) => element("li", { text: problem })) }),
  );
  const figures = [
    ["articles", now.articles],
    ["with a label", now.labelled],
    ["with labels of two or more", now.labelled_twice],
    ["that you labelled", now.own],
    ["… drawn at random", now.own_random],
    ["that you skipped", now.skipped],
    ["on which annotators differ", now.disputed],
  ];
  if (now.seconds !== null) {
    const left = ((now.articles - now.labelled) * now.seconds) / 60;
    figures.push(["seconds for one, in the middle", now.seconds.toFixed(0)]);
    figures.push(["minutes for those without a label", left < 1 ? "under 1" : left.toFixed(0)]);
  }
  const row = (cells, name = "td") => element("tr", { children: cells.map((cell) => element(name, { children: [cell instanceof Node ? cell : String(cell)] })) });
  const measured = (line) => {
    const interval = line.interval ? `${line.interval[0].toFixed(2)} to ${line.interval[1].toFixed(2)}` : "";
    const names = line.annotators.flatMap((name, at) => [at ? ", " : " ", element("bdi", { text: name })]);
    const who = element("span", { children: [line.measure, ...names] });
    return row([line.camp, who, line.articles, line.value.toFixed(2), interval]);
  };
  $("figures").replaceChildren(
    element("table", { children: figures.map((figure) => row(figure)) }),
    element("h3", { text: "How far annotators agree" }),
    now.agreement.length
      ? element("table", { children: [row(["camp", "measure", "articles", "value", "95 %"], "th"), ...now.agreement.map(measured)] })
      : element("p", { text: "No article has labels of two annotators yet. Start mizan with another --annotator and choose the second reading." }),
    element("p", { text: "1 is perfect agreement, 0 is agreement by chance. Below about 0.7, talk about the codebook before you label more." }),
  );
}

// ---- what annotators differ on

const openDisagreements = async () => {
  const { disagreements } = await ask("/api/disagreements");
  $("disputes").replaceChildren(...disagreements.map((one) => {
    const labels = one.labels.flatMap((given) => [" · ", element("bdi", { text: given.annotator }), `: ${given.label.stances.join(", ")}`]);
    const settled = one.settled ? ` — settled: ${one.settled.stances.join(", ")}` : "";
    const button = element("button", { type: "button", children: [element("bdi", { text: one.id }), ...labels, settled] });
    button.addEventListener("click", () => once(async () => {
      const article = await ask(`/api/article?number=${one.article}`);
      $("disagreements").close();
      show(article, { label: one.settled && { ...one.settled, note: "" }, settling: one });
      say("Settle it: choose, mark, and give a reason.");
    }));
    return element("li", { children: [button] });
  }));
  if (!disagreements.length) $("disputes").append(element("li", { text: "There is nothing that annotators differ on." }));
  if (!$("disagreements").open) $("disagreements").showModal();
};

function sideBySide(one) {
  const cell = ({ annotator, label }) => element("div", { children: [
    element("h3", { children: [element("bdi", { text: annotator })] }),
    ...label.stances.map((stance, camp) => element("p", { class: ["first", "second"][camp], children: [element("b", { text: campIds()[camp] }), ` ${stance}`] })),
    ...(label.note ? [element("p", { dir: "auto", text: label.note })] : []),
    ...label.marks.map((mark) => element("blockquote", { class: ["first", "second"][mark.camp], lang: "ar", dir: "rtl", text: written(mark.sentence) })),
  ] });
  $("side-by-side").replaceChildren(...one.labels.map(cell));
}

const written = (sentence) => state.words.filter((word) => word && word.sentence === sentence).map((word) => word.element.textContent).join(" ");

// ---- training

function training(now) {
  const says = {
    none: "No model is being trained.",
    running: `Training, for ${now.seconds} s …`,
    done: "There is a new model. Read what was measured, then keep or drop it.",
    failed: "There is no model:",
    kept: `Kept as ${now.file}. Opinions, and what is uncertain, are its own from now on.`,
  };
  const fits = { none: ["start"], running: ["cancel"], done: ["keep", "drop"], failed: ["start"], kept: ["start"] };
  $("training-state").textContent = says[now.state];
  $("report").textContent = now.report || now.message || "";
  $("report").hidden = !$("report").textContent;
  for (const button of document.querySelectorAll("[data-train]")) button.hidden = !fits[now.state].includes(button.dataset.train);
  if (now.state === "done" && state.training === "running" && !$("training").open) say("A new model is trained: see Train.");
  state.training = now.state;
}

for (const button of document.querySelectorAll("[data-train]")) {
  button.addEventListener("click", () => once(async () => training(await ask("/api/training", { request: button.dataset.train }))));
}

// ---- words for the set's lexicon

const words = { found: [], at: 0, decided: [] };

function showWord(says = "") {
  const one = words.found[words.at];
  const place = ({ before, word, after }) => element("blockquote", { children: [`${before} `, element("b", { text: word }), ` ${after}`] });
  $("word").replaceChildren(...(one ? [element("h3", { text: one.word }), ...one.contexts.map(place)] : []));
  $("word-go").hidden = !words.found.length;
  for (const button of document.querySelectorAll("[data-word]")) button.disabled = button.dataset.word === "undo" ? !words.decided.length : !one;
  $("word-class").disabled = !one;
  if (one?.class) $("word-class").value = one.class;
  const figures = one
    ? `${words.at + 1} of ${words.found.length}: ${one.count} times in ${one.articles} articles, ${one.plain} in plain news; ${one.framed} of ${one.sentences} sentences beside judging words (G² ${one.association.toFixed(1)}, z ${one.z.toFixed(1)}).`
    : "No candidate is left: label more articles, or look through an archive with mizan words.";
  $("word-status").textContent = `${says} ${figures}`.trim();
}

// What is wrong is told in the dialog, which lies over the page.
const wordsOnce = (work) => once(() => work().catch((error) => {
  if (!error.message) throw error;
  $("word-status").textContent = error.message;
}));

const openWords = () => wordsOnce(async () => {
  $("word").replaceChildren();
  $("word-go").hidden = true;
  $("word-status").textContent = "Looking through the articles …";
  $("words").showModal();
  const { words: found, warning } = await ask("/api/words");
  Object.assign(words, { found, at: 0, decided: [] });
  $("word-warning").textContent = warning ?? "";
  showWord();
});

const decideWord = (request) => wordsOnce(async () => {
  const at = request === "undo" ? words.decided.at(-1) : words.at;
  const one = words.found[at];
  if (!one) return;
  if (request === "skip") {
    words.at += 1;
    return showWord();
  }
  const decision = { accept: $("word-class").value, refuse: "refuse", undo: "" }[request];
  const { accepted, refused } = await ask("/api/words", { word: one.word, decision });
  if (request === "undo") words.decided.pop();
  else words.decided.push(at);
  words.at = request === "undo" ? at : at + 1;
  showWord(`On the disk: ${accepted} accepted, ${refused} refused.`);
});

const WORD_KEYS = { KeyA: "accept", KeyR: "refuse", KeyS: "skip", KeyZ: "undo" };

// ---- keys, by where they lie

const open = (id) => () => ($(id).open ? $(id).close() : $(id).showModal());

const KEYS = {
  Digit7: unrelated,
  Enter: save,
  KeyZ: undo,
  KeyS: skip,
  KeyN: () => $("note").focus(),
  ArrowLeft: () => move(1),
  ArrowRight: () => move(-1),
  ArrowDown: () => move(1, true),
  ArrowUp: () => move(-1, true),
  Space: () => (state.cursor === null ? move(1) : pressWord(state.cursor)),
  KeyX: () => state.cursor !== null && markSentence(state.words[state.cursor].sentence),
  KeyM: switchCamp,
  KeyF: faint,
  KeyC: open("codebook"),
  KeyH: open("keys"),
};
for (let digit = 1; digit <= 6; digit += 1) {
  KEYS[`Digit${digit}`] = () => choose(digit > 3 ? 1 : 0, SIDES[(digit - 1) % 3]);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey && event.code === "Enter") {
    event.preventDefault();
    return save();
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const target = event.target;
  if (target === $("note")) {
    if (event.code === "Escape") target.blur();
    return;
  }
  const code = event.code.replace("Numpad", /^Numpad\d$/.test(event.code) ? "Digit" : "");
  const isOpen = document.querySelector("dialog[open]");
  if (isOpen === $("words") && WORD_KEYS[code] && !event.repeat && !target.closest("select")) {
    event.preventDefault();
    return decideWord(WORD_KEYS[code]);
  }
  if (isOpen && !(["KeyC", "KeyH"].includes(code) && KEYS[code])) return;
  // What has the focus keeps the keys that it is worked with.
  const isControl = target.closest("button, input, a, select");
  if (target.closest("select")) return;
  if (isControl && target !== $("save") && ["Enter", "Space"].includes(code)) return;
  const act = KEYS[code];
  if (!act) return;
  event.preventDefault();
  if (!event.repeat || code.startsWith("Arrow")) act();
});

// ---- buttons

for (const button of document.querySelectorAll("[data-stance]")) button.addEventListener("click", () => choose(Number(button.dataset.camp), button.dataset.stance));
for (const button of document.querySelectorAll("[data-word]")) button.addEventListener("click", () => decideWord(button.dataset.word));
for (const button of document.querySelectorAll("[data-close]")) button.addEventListener("click", () => $(button.dataset.close).close());
for (const [id, act] of [["unrelated", unrelated], ["undo", undo], ["skip", skip], ["mark-for", switchCamp], ["faint", faint], ["open-codebook", open("codebook")], ["open-keys", open("keys")], ["open-progress", open("progress")], ["open-training", () => once(async () => { training(await ask("/api/training")); $("training").showModal(); })], ["open-words", openWords], ["open-disagreements", () => once(openDisagreements)]]) $(id).addEventListener("click", act);
$("panel").addEventListener("submit", (event) => {
  event.preventDefault();
  save();
});

const remembered = (id, of) => sessionStorage.getItem(id) ?? of;
$("order").value = remembered("order", "random");
$("by-outlet").checked = remembered("by-outlet", "false") === "true";
const orderChanged = () => {
  sessionStorage.setItem("order", $("order").value);
  sessionStorage.setItem("by-outlet", $("by-outlet").checked);
  explainOrder();
  once(next);
};
const explainOrder = () => {
  const turns = $("by-outlet").checked && $("order").value === "random" ? " Outlets take turns, so that these labels are no random sample." : "";
  $("order-help").textContent = $("order").selectedOptions[0].title + turns;
};
$("order").addEventListener("change", orderChanged);
$("by-outlet").addEventListener("change", orderChanged);

// ---- what happens elsewhere

const HEARD = {
  progress: (now) => {
    progress(now);
    lookAgain();
  },
  trouble: (message) => message && say(message, true),
  training,
};

function heard(event) {
  const field = (name) => event.split("\n").filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2)).join("\n");
  const does = HEARD[field("event")];
  if (does) does(JSON.parse(field("data")));
}

// Events come over a connection that stays. A browser has six of them for all tabs of a server, so
// that only the tab that is seen listens. EventSource cannot send the token; fetch can.
const listening = { stop: null, wait: 0, timer: null };
async function listen() {
  clearTimeout(listening.timer);
  if (listening.stop || document.visibilityState !== "visible") return;
  const stop = (listening.stop = new AbortController());
  try {
    const response = await fetch("/api/events", { headers: { "X-Mizan-Token": token }, cache: "no-store", signal: stop.signal });
    if (response.ok) {
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let rest = "", part = await reader.read(); !part.done; part = await reader.read()) {
        listening.wait = 0;
        const events = (rest + part.value).split("\n\n");
        rest = events.pop();
        events.forEach(heard);
      }
    }
  } catch {
    // It is tried again below; what is pressed meanwhile says that nobody answers.
  }
  if (listening.stop === stop) listening.stop = null;
  if (stop.signal.aborted) return;
  listening.wait = Math.min(2 * listening.wait + 1000, 30000);
  listening.timer = setTimeout(listen, listening.wait);
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") return void listen();
  clearTimeout(listening.timer);
  if (listening.stop) listening.stop.abort();
  listening.stop = null;
});

// Whether the article that is shown is still what it was, and without a label from elsewhere.
async function lookAgain() {
  const { article } = state;
  const isAtIt = () => state.article === article && !state.saved && !state.settling && !state.busy;
  if (!article || !isAtIt()) return;
  let now;
  try {
    now = await ask(`/api/article?number=${article.number}`);
  } catch (error) {
    if (isAtIt() && error.status) say(error.message, true);
    return;
  }
  if (!isAtIt()) return;
  const label = (own) => (own ? own.stances.join(", ") : "no label");
  if (now.hash !== article.hash) {
    const isUntouched = state.label.every((stance) => stance === null) && !$("note").value;
    if (isUntouched) show(now, { label: now.own });
    say(isUntouched ? "The text of this article was changed: it is shown anew." : "The text of this article was changed since you opened it: skip it, and read it again.", true);
  } else if (label(now.own) !== label(article.own)) {
    say(`Your label of this article was changed elsewhere: ${label(now.own)}.`, true);
  }
}

document.body.classList.add("faint");
explainOrder();
once(async () => {
  progress((await ask("/api/progress")).progress);
  await next();
}).then(listen);
