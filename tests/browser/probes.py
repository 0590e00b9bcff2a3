"""What a test asks of the page itself, as JavaScript: what is drawn, where texts stand, what can be read."""

# Every chart has its SVG, as wide as its place.
DRAWN = """() => [...document.querySelectorAll('[data-testid=stPlotlyChart]')].every(place => {
  const svg = place.querySelector('.main-svg');
  return svg && Math.abs(svg.getBoundingClientRect().width - place.getBoundingClientRect().width) < 2;
})"""

_KEY = """const key = plot => [...plot.closest('[class*="st-key-"]').classList]
  .find(name => name.startsWith('st-key-')).slice(7);"""

# The key of each chart, or the label of a headline figure's line, and what is drawn there: words and shapes,
# no ids and no colours.
PICTURES = f"""() => {{
  {_KEY}
  const drawn = part => part.tagName === 'text' ? part.textContent : part.getAttribute('d');
  const content = parts => [...parts].map(drawn).join('|');
  const charts = [...document.querySelectorAll('.js-plotly-plot')]
    .map(plot => [key(plot), content(plot.querySelectorAll('.main-svg :is(text, path)'))]);
  const lines = [...document.querySelectorAll('[data-testid=stMetric]:has(svg.marks)')]
    .map(line => [line.querySelector('label').innerText, content(line.querySelectorAll('.marks path'))]);
  return Object.fromEntries([...charts, ...lines]);
}}"""

# Every chart is drawn at its width, and as it was when this was asked last.
STILL = f"""() => {{
  const [before, now] = [window.lastPictures, JSON.stringify(({PICTURES})())];
  window.lastPictures = now;
  return ({DRAWN})() && before === now;
}}"""

# No chart is what it was before.
ALL_CHANGED = f"""before => Object.entries(({PICTURES})()).every(([name, drawn]) => drawn !== before[name])"""

# Texts of charts that leave their SVG, and texts of one chart that lie on each other, by more than 1 px. The
# box of a text holds its line; ink begins about 0.15 em further in.
MISPLACED = f"""() => {{
  {_KEY}
  const ink = text => {{
    const {{left, right, top, bottom}} = text.getBoundingClientRect();
    const lead = 0.15 * parseFloat(getComputedStyle(text).fontSize);
    return {{left, right, top: top + lead, bottom: bottom - lead}};
  }};
  const clash = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  return [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {{
    const frame = plot.querySelector('.main-svg').getBoundingClientRect();
    const texts = [...plot.querySelectorAll('.main-svg text')]
      .map(text => ({{words: text.textContent.trim(), box: ink(text)}}))
      .filter(({{words, box}}) => words && box.right > box.left);
    const leaves = box => box.left < frame.left - 1 || box.right > frame.right + 1
      || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
    const outside = texts.filter(({{box}}) => leaves(box))
      .map(({{words}}) => `${{key(plot)}}: "${{words}}" leaves the chart`);
    const pairs = texts.flatMap((one, i) => texts.slice(i + 1).filter(other => clash(one.box, other.box))
      .map(other => `${{key(plot)}}: "${{one.words}}" on "${{other.words}}"`));
    return [...outside, ...pairs];
  }});
}}"""

# How far the page can be scrolled sideways, px.
SIDEWAYS = """() => Math.max(...['stMain', 'stApp'].map(id => document.querySelector(`[data-testid=${id}]`))
  .map(part => part.scrollWidth - part.clientWidth))"""

# Every word a person can read: texts, placeholders and what screen readers say; SQL is code, not interface.
WORDS = """() => {
  const seen = element => element.checkVisibility({opacityProperty: true, visibilityProperty: true})
    && !element.closest('[data-testid=stCode], style, script, template');
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const words = new Set();
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    if (text && seen(walker.currentNode.parentElement)) words.add(text);
  }
  for (const element of document.querySelectorAll('[aria-label], [placeholder], [title], input')) {
    if (!seen(element)) continue;
    for (const text of ['aria-label', 'placeholder', 'title'].map(name => element.getAttribute(name))) {
      if (text) words.add(text.trim());
    }
    if (element.value) words.add(element.value);
  }
  return [...words];
}"""

# Every word that is on view, without the words that stand for icons and those for screen readers only, which
# are Streamlit's and English in every language.
ON_VIEW = """() => {
  const seen = element => element.checkVisibility({opacityProperty: true, visibilityProperty: true})
    && !element.closest('[data-testid*=Icon], [data-testid=stCode], style, script, template');
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const words = new Set();
  while (walker.nextNode()) {
    const place = walker.currentNode.parentElement;
    const {right, bottom, width, height} = place.getBoundingClientRect();
    const shown = seen(place) && Math.min(width, height) > 1 && Math.min(right, bottom) > 0;
    if (shown) words.add(place.textContent.trim());
  }
  return [...words];
}"""

# The colours of a chart by use, as rgb(…): its paper, its words, and everything it draws.
CHART_COLOURS = """() => {
  const of = (where, name) => [...new Set([...document.querySelectorAll(where)]
    .filter(element => element.checkVisibility()).map(element => getComputedStyle(element)[name]))];
  const plot = '.js-plotly-plot .main-svg';
  return {
    paper: of(`.js-plotly-plot .main-svg:first-of-type`, 'backgroundColor'),
    words: of(`${plot} text, ${plot} tspan`, 'fill'),
    marks: [...of(`${plot} *`, 'fill'), ...of(`${plot} *`, 'stroke')],
  };
}"""

# Colours that elements of the page itself use, and the colours of its running text.
PAGE_COLOURS = """() => {
  const parts = [...document.querySelectorAll('body *')].filter(part => part.checkVisibility());
  const names = ['color', 'backgroundColor', 'borderTopColor', 'borderLeftColor', 'fill', 'stroke'];
  return [...new Set(parts.flatMap(part => names.map(name => getComputedStyle(part)[name])))];
}"""

# What a figure was given, before the browser drew it.
FIGURES = """() => JSON.stringify([...document.querySelectorAll('.js-plotly-plot')]
  .map(plot => [plot.data, plot.layout]))"""

# The link, button or field that has the keyboard's attention, by the name that is read out.
FOCUSED = """() => {
  const element = document.activeElement.closest('a, button, input');
  return element ? (element.getAttribute('aria-label') || element.innerText).trim() : '';
}"""
