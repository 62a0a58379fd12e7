/** What the sample's pages share: they ask for an overview again and again, show it, and send a form. */

export const byId = (id) => document.getElementById(id);

export function element(name, text, look) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (look) made.className = look;
  return made;
}

export function cell(content, look) {
  const made = element('td', undefined, look);
  made.append(...[content].flat());
  return made;
}

export function row(...cells) {
  const made = element('tr');
  made.append(...cells);
  return made;
}

export const chip = (text, look) => element('span', text, 'chip ' + look);

export function money(text) {
  const [whole, cents] = text.split('.');
  return whole.replace(/\B(?=(\d{3})+$)/g, '\u202f') + '.' + cents;
}

/**
 * Shows what the address answers, now and every so often.
 *
 * @param show called with an answer that differs from the last one, so that a button keeps its focus
 * @return to be called to ask at once
 */
export function refreshing(address, millis, show) {
  let shown = '';
  const refresh = async () => {
    try {
      const answer = await fetch(address, {cache: 'no-store'});
      if (!answer.ok) throw new Error('HTTP ' + answer.status);
      const text = await answer.text();
      if (text !== shown) show(JSON.parse(text));
      shown = text;
      byId('offline').hidden = true;
    } catch (error) {
      byId('offline').hidden = false;
    }
  };
  const forEver = async () => {
    await refresh();
    setTimeout(forEver, millis);
  };
  forEver();
  return refresh;
}

export function tell(text, look) {
  const result = byId('result');
  result.textContent = text;
  result.className = 'result ' + look;
  result.hidden = false;
}

async function errorOf(answer) {
  const text = await answer.text();
  try {
    return JSON.parse(text).error || text;
  } catch (error) {
    return text || 'HTTP ' + answer.status;
  }
}

/**
 * Sends a form as JSON when it is submitted, and tells what came of it.
 *
 * @param what what is sent, made of the form's elements
 * @param done the text for a success, made of the answer
 * @param refused the text for a refusal (4xx), made of the answer's error; what became of any other failure is not known, and its error is told as it is
 * @param silent the text when nobody answers
 */
export function sending(form, address, {what, done, refused = (error) => error, silent, refresh}) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const button = form.querySelector('button');
    button.disabled = true;
    try {
      const answer = await fetch(address, {
        method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(what(form.elements)),
      });
      if (answer.ok) tell(done(await answer.json()), 'good');
      else tell(answer.status < 500 ? refused(await errorOf(answer)) : await errorOf(answer), 'bad');
    } catch (error) {
      tell(silent, 'bad');
    } finally {
      button.disabled = false;
      refresh();
    }
  });
}
