import {byId, cell, chip, element, money, refreshing, row, sending, tell} from './page.js';

const REFRESH_MS = 1500;
const MOST_ROWS = 50;
const LOOKS = {
  DEDUCTED: 'good', CREDITED: 'good', committed: 'good',
  FROZEN: 'wait', PENDING: 'wait', 'under way': 'wait', waiting: 'wait',
  UNFROZEN: 'off', DROPPED: 'off', 'rolled back': 'off',
};

function cents(text) {
  return BigInt(text.replace('.', ''));
}

function stateOf(state) {
  return state ? chip(state, LOOKS[state] || 'off') : element('span', '\u2013', 'quiet');
}

/** Changes the choices only when they changed, so that the page does not take a choice back while it is made. */
function choices(select, ids) {
  const now = Array.from(select.options, (option) => option.value);
  if (ids.length === 0 || ids.join() === now.join()) return;
  const chosen = select.value;
  select.replaceChildren(...ids.map((id) => new Option(id, id)));
  if (ids.includes(chosen)) select.value = chosen;
}

function showParties(side, parties, table, toRow) {
  byId(side.down).hidden = side.data.reachable;
  byId(table).hidden = !side.data.reachable;
  byId(table).tBodies[0].replaceChildren(...side.data[parties].map(toRow));
}

/** One line for each transfer that anybody knows of: the newest first. */
function lines(overview) {
  const found = new Map();
  const line = (id) => {
    if (!found.has(id)) found.set(id, {id});
    return found.get(id);
  };
  overview.waiting.forEach((id) => { line(id).waiting = true; });
  for (const operation of overview.account.operations) {
    const one = line(operation.transfer);
    if (one.account) continue;
    Object.assign(one, {account: operation.state, customer: operation.account, amount: operation.amount});
  }
  for (const operation of overview.merchant.operations) {
    const one = line(operation.transfer);
    if (one.credit) continue;
    Object.assign(one, {credit: operation.state, merchant: operation.merchant, amount: operation.amount});
  }
  for (const transfer of overview.transfers) Object.assign(line(transfer.id), transfer, {committed: true});
  return Array.from(found.values()).slice(0, MOST_ROWS);
}

function bankState(line) {
  if (line.committed) return 'committed';
  if (line.waiting) return 'waiting';
  return line.account === 'FROZEN' || line.credit === 'PENDING' ? 'under way' : 'rolled back';
}

function transferRow(line) {
  const id = cell(line.id);
  id.title = line.lra ? line.id + '\nLRA ' + line.lra : line.id;
  const state = cell(stateOf(bankState(line)));
  if (line.waiting) {
    const go = element('button', 'Go', 'small');
    go.type = 'button';
    go.addEventListener('click', () => fetch('api/transfers/' + encodeURIComponent(line.id) + '/go', {method: 'POST'}).finally(refresh));
    state.append(go);
  }
  return row(id, cell(line.customer || '\u2013'), cell(line.merchant || '\u2013'),
    cell(line.amount ? money(line.amount) : '\u2013', 'number'), state, cell(stateOf(line.account)), cell(stateOf(line.credit)));
}

function total(overview) {
  if (!overview.account.reachable || !overview.merchant.reachable) return '\u2013';
  const sum = [...overview.account.accounts, ...overview.merchant.merchants]
    .reduce((all, party) => all + cents(party.balance), 0n).toString().padStart(3, '0');
  return money(sum.slice(0, -2) + '.' + sum.slice(-2));
}

function show(overview) {
  const {account, merchant} = overview;
  showParties({down: 'account-down', data: account}, 'accounts', 'customers', (party) => row(
    cell(party.id), cell(money(party.balance), 'number'),
    cell(money(party.frozen), party.frozen === '0.00' ? 'number' : 'number frozen')));
  showParties({down: 'merchant-down', data: merchant}, 'merchants', 'merchants', (party) => row(
    cell(party.id), cell(money(party.balance), 'number')));
  byId('limits').tBodies[0].replaceChildren(...overview.limits.map((limit) => row(
    cell(limit.customer), cell(money(limit.used), 'number'),
    cell(money(limit.reserved), limit.reserved === '0.00' ? 'number' : 'number frozen'), cell(money(limit.most), 'number'))));
  const form = byId('transfer');
  choices(form.elements.customer, account.accounts.map((party) => party.id));
  choices(form.elements.merchant, merchant.merchants.map((party) => party.id));
  byId('total').textContent = total(overview);
  const all = lines(overview);
  byId('transfers').tBodies[0].replaceChildren(...all.map(transferRow));
  byId('none').hidden = all.length > 0;
}

const refresh = refreshing('api/overview', REFRESH_MS, show);

sending(byId('transfer'), 'api/transfers', {
  what: (fields) => {
    const order = {
      customer: fields.customer.value, merchant: fields.merchant.value,
      amount: fields.amount.value.trim(), fault: fields.fault.value,
      waitForGo: fields.waitForGo.checked,
    };
    tell(order.waitForGo ? 'Under way. Say go in the list below.' : 'Under way\u2026', 'wait');
    return order;
  },
  done: (transfer) => money(transfer.amount) + ' from ' + transfer.customer + ' to ' + transfer.merchant + ': committed.',
  silent: 'The bank did not answer; the list shows what was decided.',
  refresh,
});
