// The demo wallet's browser side: five EIP-6963 wallets for people without an extension.
// Served by the local stack only. It signs on the local server, with keys everybody knows, and
// only after the person has seen the message. It never sets window.ethereum.
(() => {
  "use strict";

  const WALLETS = [
    {
      name: "Demo wallet · 3 NFTs",
      uuid: "5b1f0c1e-6f0a-4f5e-9a53-0d3e2c1a0003",
      rdns: "example.nft-gallery.demo.three",
      color: "#4f46e5",
      sign: "3",
    },
    {
      name: "Demo wallet · 250 NFTs",
      uuid: "5b1f0c1e-6f0a-4f5e-9a53-0d3e2c1a0250",
      rdns: "example.nft-gallery.demo.many",
      color: "#0d9488",
      sign: "250",
    },
    {
      name: "Demo wallet · empty",
      uuid: "5b1f0c1e-6f0a-4f5e-9a53-0d3e2c1a0000",
      rdns: "example.nft-gallery.demo.none",
      color: "#b45309",
      sign: "0",
    },
    {
      name: "Demo wallet · contract",
      uuid: "5b1f0c1e-6f0a-4f5e-9a53-0d3e2c1a1271",
      rdns: "example.nft-gallery.demo.contract",
      color: "#be185d",
      sign: "{ }",
    },
    {
      name: "Demo wallet · undeployed contract",
      uuid: "5b1f0c1e-6f0a-4f5e-9a53-0d3e2c1a6492",
      rdns: "example.nft-gallery.demo.undeployed",
      color: "#52525b",
      sign: "{…}",
    },
  ];

  const STYLE = `
    .demo-wallet { border: 0; border-radius: 16px; padding: 24px; width: min(92vw, 480px);
      box-sizing: border-box; color: #18181b; background: #fff;
      font: 16px/1.5 system-ui, sans-serif; box-shadow: 0 24px 64px #0006; margin: auto; }
    .demo-wallet::backdrop { background: #000a; }
    .demo-wallet h2 { font-size: 20px; line-height: 1.3; font-weight: 650; margin: 0 0 4px; }
    .demo-wallet p { margin: 0 0 12px; color: #52525b; font-size: 14px; overflow-wrap: anywhere; }
    .demo-wallet pre { margin: 0 0 12px; padding: 12px; max-height: 40vh; overflow: auto;
      border-radius: 8px; background: #f4f4f5; color: #18181b; white-space: pre-wrap;
      overflow-wrap: anywhere; font: 13px/1.5 ui-monospace, monospace; }
    .demo-wallet div { display: flex; gap: 12px; justify-content: flex-end; }
    .demo-wallet button { min-height: 44px; padding: 0 20px; border-radius: 10px; font: inherit;
      font-weight: 600; cursor: pointer; border: 1px solid #d4d4d8; background: #fff;
      color: #18181b; }
    .demo-wallet button:focus-visible, .demo-wallet pre:focus-visible {
      outline: 3px solid #818cf8; outline-offset: 2px; }
    .demo-wallet button[data-sign] { background: #4338ca; border-color: #4338ca; color: #fff; }
    @media (prefers-color-scheme: dark) {
      .demo-wallet { background: #18181b; color: #fafafa; }
      .demo-wallet p { color: #a1a1aa; }
      .demo-wallet pre { background: #27272a; color: #fafafa; }
      .demo-wallet button { background: #27272a; border-color: #52525b; color: #fafafa; }
    }`;

  class ProviderRpcError extends Error {
    constructor(code, message) {
      super(message);
      this.name = "ProviderRpcError";
      this.code = code;
    }
  }

  let styled = false;
  let asking = false;

  function addStyle() {
    if (styled) return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    styled = true;
  }

  function element(name, text, attributes = {}) {
    const made = document.createElement(name);
    made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  // The message as text where it is valid UTF-8, as the hex it came in otherwise.
  function readable(hex) {
    if (typeof hex !== "string" || !/^0x([0-9a-fA-F]{2})*$/.test(hex)) return String(hex);
    const bytes = Uint8Array.from(hex.slice(2).match(/../g) ?? [], (pair) => parseInt(pair, 16));
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      return hex;
    }
  }

  // Resolves to true for Sign, false for Refuse, Escape and closing in any other way.
  function confirmSigning(wallet, address, message) {
    addStyle();
    const dialog = element("dialog", "", {
      class: "demo-wallet",
      "aria-labelledby": "demo-wallet-title",
      "data-demo-wallet": wallet.rdns,
    });
    const refuse = element("button", "Refuse", { type: "button", "data-refuse": "" });
    const sign = element("button", "Sign", { type: "button", "data-sign": "" });
    const buttons = element("div", "");
    buttons.append(refuse, sign);
    dialog.append(
      element("h2", "Sign this message?", { id: "demo-wallet-title" }),
      element("p", `${wallet.name} ${address}`),
      element("pre", readable(message), { tabindex: "0", role: "region", "aria-label": "Message" }),
      element("p", "A demo wallet: its keys are public. Never send anything of value to it."),
      buttons,
    );
    return new Promise((resolve) => {
      refuse.addEventListener("click", () => dialog.close("refuse"));
      sign.addEventListener("click", () => dialog.close("sign"));
      dialog.addEventListener("close", () => {
        dialog.remove();
        resolve(dialog.returnValue === "sign");
      });
      document.body.append(dialog);
      dialog.showModal();
      sign.focus();
    });
  }

  async function post(account, method, params) {
    let body;
    try {
      const response = await fetch("/demo-wallet", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ account, method, params }),
      });
      body = await response.json();
    } catch {
      throw new ProviderRpcError(4900, "The local demo wallet does not answer.");
    }
    if (body.error) throw new ProviderRpcError(body.error.code, body.error.message);
    return body.result;
  }

  // A real wallet remembers which sites it is connected to; this one does so per browser.
  function memory(wallet) {
    const key = `demo-wallet:${wallet.rdns}`;
    let connected = false;
    try {
      connected = localStorage.getItem(key) === "connected";
    } catch {
      connected = false;
    }
    return {
      get connected() {
        return connected;
      },
      connect() {
        connected = true;
        try {
          localStorage.setItem(key, "connected");
        } catch {
          return;
        }
      },
    };
  }

  async function sign(wallet, account, params) {
    if (asking) throw new ProviderRpcError(-32002, "Another message is waiting for an answer.");
    asking = true;
    try {
      const agreed = await confirmSigning(wallet, params[1] ?? "", params[0]);
      if (!agreed) throw new ProviderRpcError(4001, "The request was refused.");
      return await post(account, "personal_sign", params);
    } finally {
      asking = false;
    }
  }

  function createProvider(wallet, account) {
    const listeners = new Map();
    const remembered = memory(wallet);
    const listening = (event) => listeners.get(event) ?? listeners.set(event, new Set()).get(event);
    const emit = (event, value) => {
      for (const listener of [...listening(event)]) listener(value);
    };
    const connect = async () => {
      const accounts = await post(account, "eth_requestAccounts", []);
      if (!remembered.connected) {
        remembered.connect();
        emit("connect", { chainId: await post(account, "eth_chainId", []) });
        emit("accountsChanged", accounts);
      }
      return accounts;
    };
    const provider = {
      async request(call) {
        const { method, params = [] } = call ?? {};
        if (method === "eth_requestAccounts") return connect();
        if (method === "eth_accounts" && !remembered.connected) return [];
        if (method === "personal_sign" && !remembered.connected) {
          throw new ProviderRpcError(4100, "Connect the demo wallet first.");
        }
        if (method === "personal_sign") return sign(wallet, account, params);
        return post(account, String(method), params);
      },
      on(event, listener) {
        listening(event).add(listener);
        return provider;
      },
      removeListener(event, listener) {
        listening(event).delete(listener);
        return provider;
      },
    };
    return Object.freeze(provider);
  }

  function icon(wallet) {
    const svg =
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96">` +
      `<rect width="96" height="96" rx="24" fill="${wallet.color}"/>` +
      `<rect x="18" y="28" width="60" height="44" rx="9" fill="#fff"/>` +
      `<path d="M26 28l34-12 6 12z" fill="#fff" opacity=".6"/>` +
      `<text x="48" y="58" font-family="sans-serif" font-weight="700" font-size="22" ` +
      `text-anchor="middle" fill="${wallet.color}">${wallet.sign}</text></svg>`;
    return `data:image/svg+xml,${encodeURIComponent(svg)}`;
  }

  const announced = WALLETS.map((wallet, account) => {
    const { name, uuid, rdns } = wallet;
    const info = Object.freeze({ uuid, name, rdns, icon: icon(wallet) });
    return Object.freeze({ info, provider: createProvider(wallet, account) });
  });

  function announce() {
    for (const detail of announced) {
      window.dispatchEvent(new CustomEvent("eip6963:announceProvider", { detail }));
    }
  }

  window.addEventListener("eip6963:requestProvider", announce);
  announce();
})();
