/** The HTTP calls of the web channel. */

/** The server said no. `message` is its Vietnamese sentence, `wait` the seconds it asks us to wait. */
export class Refused extends Error {
  constructor(status, code, message, wait) {
    super(message);
    Object.assign(this, { status, code, wait });
  }

  /** Trying the same again may help. */
  get passing() {
    return this.status === 429 || this.status >= 500;
  }
}

export class Api {
  token = "";

  constructor(server) {
    this.base = `${new URL(server, location.href).href.replace(/\/+$/, "")}/webhooks/web`;
    /** On its own site the HttpOnly cookie carries the session and the token is never written down. */
    this.home = new URL(this.base).origin === location.origin;
  }

  /** The raw answer to one call. Throws Refused, or TypeError/AbortError when the server is not reached. */
  async open(method, path, { body, form, signal } = {}) {
    const headers = {};
    if (this.token) headers.Authorization = `Bearer ${this.token}`;
    if (body) headers["Content-Type"] = "application/json";
    const answer = await fetch(this.base + path, {
      method,
      headers,
      body: body ? JSON.stringify(body) : form,
      cache: "no-store",
      credentials: "same-origin",
      signal: signal ?? AbortSignal.timeout(form ? 120000 : 20000),
    });
    if (answer.ok) return answer;
    const { error = {} } = await answer.json().catch(() => ({}));
    throw new Refused(answer.status, error.code, error.message || "", Number(answer.headers.get("Retry-After")) || 0);
  }

  async json(method, path, options) {
    const answer = await this.open(method, path, options);
    return answer.status === 204 ? null : answer.json();
  }

  session = (token) => this.json("POST", "/session", { body: token ? { token } : {} });
  send = (message) => this.json("POST", "/messages", { body: message });
  history = (after) => this.json("GET", `/messages?after=${after}&limit=200`);
  events = (after, signal) => this.open("GET", `/events?after=${after}`, { signal });
  banners = () => this.json("GET", "/banners");
}
