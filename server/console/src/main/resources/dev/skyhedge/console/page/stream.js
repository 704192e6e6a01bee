// Server-sent events by fetch, because EventSource cannot send a token and addresses must not hold one.

export class Refused extends Error {}

export function token() {
  return sessionStorage.getItem('token') || '';
}

export function keepToken(text) {
  sessionStorage.setItem('token', text);
}

function headers(more) {
  return token() ? {Authorization: 'Bearer ' + token(), ...more} : more;
}

export async function read(path, signal) {
  const answer = await fetch(path, {headers: headers({}), signal});
  if (answer.status === 401) throw new Refused('token');
  if (!answer.ok) throw new Error(path + ' answered ' + answer.status);
  return answer.json();
}

/** Follows for ever; calls `on(kind, data)` for each event and `on('state', word)` when the connection changes. */
export async function follow(on) {
  let last = '';
  let pause = 500;
  for (;;) {
    try {
      const answer = await fetch('/v1/stream', {headers: headers(last ? {'Last-Event-ID': last} : {})});
      if (answer.status === 401) {
        on('state', 'refused');
        return;
      }
      if (!answer.ok) throw new Error('busy');
      on('state', 'live');
      pause = 500;
      last = await frames(answer.body.getReader(), on, last);
    } catch (e) {
      last = e.last || last;
    }
    on('state', 'lost');
    await new Promise(done => setTimeout(done, pause));
    pause = Math.min(8000, pause * 2);
  }
}

async function frames(reader, on, known) {
  const decoder = new TextDecoder();
  let last = known;
  let text = '';
  try {
    for (;;) {
      const silent = setTimeout(() => reader.cancel().catch(() => {}), 25000);
      const {value, done} = await reader.read();
      clearTimeout(silent);
      if (done) return last;
      text += decoder.decode(value, {stream: true});
      const parts = text.split('\n\n');
      text = parts.pop();
      for (const part of parts) {
        const frame = {event: '', data: '', id: ''};
        for (const line of part.split('\n')) {
          const colon = line.indexOf(':');
          if (colon > 0) frame[line.slice(0, colon)] = line.slice(colon + 1).trimStart();
        }
        if (frame.id) last = frame.id;
        if (frame.data) on(frame.event, JSON.parse(frame.data));
      }
    }
  } catch (e) {
    e.last = last;
    throw e;
  }
}
