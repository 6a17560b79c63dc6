// An SMTP server with STARTTLS for the mail tests. It prints its port and then each mail that it took, one JSON object a
// line. What a recipient's name begins with says how the server treats it; it ends with its standard input.
import { SMTPServer } from 'smtp-server';

const say = object => process.stdout.write(JSON.stringify(object) + '\n');
const asked = new Map();
const times = address => asked.set(address, (asked.get(address) ?? 0) + 1).get(address);
const refusal = (code, text) => Object.assign(new Error(text), { responseCode: code });

const server = new SMTPServer({
  authOptional: true,
  hideDSN: false,
  key: process.env.SMTP_KEY,
  cert: process.env.SMTP_CERTIFICATE,
  onRcptTo({ address }, session, callback) {
    const count = times(address);
    if (address.startsWith('refused') && !(address.startsWith('refused-once') && count > 1)) return callback(refusal(550, '5.1.1 No such mailbox here'));
    if (address.startsWith('later') && count === 1) return callback(refusal(451, '4.7.1 Try again later'));
    if (address.startsWith('hangs') && count === 1) return; // Never answers.
    if (address.startsWith('drops') && count === 1) return connectionOf(session)._socket.destroy();
    callback();
  },
  onData(stream, session, callback) {
    const parts = [];
    stream.on('data', part => parts.push(part));
    stream.on('end', () => {
      const to = session.envelope.rcptTo.map(each => each.address);
      say({ from: session.envelope.mailFrom.address, to, secure: session.secure, report: session.envelope.dsn?.envid, raw: Buffer.concat(parts).toString('base64') });
      if (to[0].startsWith('farewell')) connectionOf(session).handler_QUIT = () => {};
      callback();
    });
  },
});

const connectionOf = session => [...server.connections].find(connection => connection.session.id === session.id);

server.on('error', () => {}); // A client that hangs up is what some tests are about.
server.listen(0, '127.0.0.1', () => say({ port: server.server.address().port }));
process.stdin.resume().on('end', () => process.exit(0));
