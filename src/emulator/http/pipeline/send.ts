import type { FastifyReply, FastifyRequest } from "fastify";
import type { InjectedFault } from "../../faults.ts";
import type { Answer } from "./route.ts";

/** A response to send, with the headers common to all responses and its fault, if any. */
export interface Outgoing {
  readonly answer: Answer;
  readonly headers: Readonly<Record<string, string>>;
  readonly bom: boolean;
  readonly fault?: InjectedFault;
}

const steps = 5;

/** Sends a response, or fails in the way of its fault. A response with `text` has no faults. */
export function deliver(
  request: FastifyRequest,
  reply: FastifyReply,
  { answer, headers, bom, fault }: Outgoing,
): FastifyReply {
  if (answer.text !== undefined)
    return reply
      .code(answer.status)
      .headers({ ...headers, ...answer.headers })
      .send(answer.text);
  const text =
    answer.body === undefined ? "" : `${bom ? "\uFEFF" : ""}${JSON.stringify(answer.body)}`;
  switch (fault?.kind) {
    case "lost":
      return vanish(request, reply);
    case "timeout":
      return holdAnswer(request, reply, fault.seconds);
    case "slow":
      return trickle(reply, { status: answer.status, headers, text, seconds: fault.seconds ?? 2 });
    case "cut":
      return cut(reply, { status: answer.status, headers, text });
    case "malformed":
      return send(reply, {
        ...answer,
        headers,
        text: text.slice(0, Math.floor((text.length * 2) / 3)) || "{",
      });
    default:
      return send(reply, { ...answer, headers: { ...headers, ...answer.headers }, text });
  }
}

/** Closes the connection without a response. */
export function vanish(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack();
  request.raw.socket.destroy();
  return reply;
}

/**
 * Sends no response. Closes the connection after `seconds`; undefined: not before the client does.
 */
export function holdAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  seconds: number | undefined,
): FastifyReply {
  reply.hijack();
  const { socket } = request.raw;
  const timer =
    seconds === undefined ? undefined : setTimeout(() => socket.destroy(), seconds * 1000);
  socket.once("close", () => clearTimeout(timer));
  return reply;
}

interface Text {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

function send(reply: FastifyReply, { status, headers, text }: Text): FastifyReply {
  reply.code(status).headers(headers);
  return text === "" ? reply.send() : reply.type("application/json; charset=utf-8").send(text);
}

function trickle(
  reply: FastifyReply,
  { status, headers, text, seconds }: Text & { readonly seconds: number },
): FastifyReply {
  reply.hijack();
  const bytes = Buffer.from(text);
  reply.raw.writeHead(status, {
    ...headers,
    "content-type": "application/json; charset=utf-8",
    "content-length": bytes.length,
  });
  const part = Math.ceil(bytes.length / steps);
  let sent = 0;
  const timer = setInterval(
    () => {
      if (reply.raw.destroyed || sent >= bytes.length) {
        clearInterval(timer);
        reply.raw.end();
        return;
      }
      reply.raw.write(bytes.subarray(sent, sent + part));
      sent += part;
    },
    (seconds * 1000) / steps,
  );
  return reply;
}

function cut(reply: FastifyReply, { status, headers, text }: Text): FastifyReply {
  reply.hijack();
  const bytes = Buffer.from(text);
  reply.raw.writeHead(status, {
    ...headers,
    "content-type": "application/json; charset=utf-8",
    "content-length": Math.max(bytes.length, 2),
  });
  reply.raw.write(bytes.subarray(0, Math.max(1, Math.floor(bytes.length / 2))), () =>
    reply.raw.destroy(),
  );
  return reply;
}
