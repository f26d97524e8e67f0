// A real Bluesky server (PDS) with the directory of identities (PLC) that it needs, both on
// loopback and with nothing kept behind: node server.cjs [limited]
//
// Says "READY {"pds": URL, "plc": URL, "admin": PASSWORD}" on standard output and ends when its
// standard input does, so that a test that is killed leaves no server behind. Nothing is asked of
// any other machine: services that a PDS would ask have addresses that cannot exist.
'use strict'

const crypto = require('node:crypto')
const fs = require('node:fs')
const net = require('node:net')
const os = require('node:os')
const path = require('node:path')

// A PDS listens on all interfaces and has no option for it.
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (port, ...rest) {
  if (typeof port !== 'number') return listen.call(this, port, ...rest)
  return listen.call(this, { port, host: '127.0.0.1' }, ...rest.filter((r) => typeof r === 'function'))
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer()
    server.once('error', reject)
    server.listen(0, () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

async function startPlc(port) {
  const { PlcServer, Database } = require('@did-plc/server')
  await PlcServer.create({ db: Database.mock(), port }).start()
}

async function startPds(port, plcPort, folder, rateLimited) {
  const { PDS, envToCfg, envToSecrets } = require('@atproto/pds')
  const admin = crypto.randomBytes(16).toString('hex')
  const env = {
    devMode: true,
    port,
    hostname: 'localhost',
    dataDirectory: folder,
    blobstoreDiskLocation: path.join(folder, 'blobs'),
    didPlcUrl: `http://127.0.0.1:${plcPort}`,
    serviceHandleDomains: ['.test'],
    adminPassword: admin,
    jwtSecret: crypto.randomBytes(16).toString('hex'),
    plcRotationKeyK256PrivateKeyHex: crypto.randomBytes(32).toString('hex'),
    bskyAppViewUrl: 'https://appview.invalid',
    bskyAppViewDid: 'did:example:invalid',
    modServiceUrl: 'https://moderator.invalid',
    modServiceDid: 'did:example:invalid',
    inviteRequired: false,
    disableSsrfProtection: true,
    rateLimitsEnabled: rateLimited,
  }
  const pds = await PDS.create(envToCfg(env), envToSecrets(env))
  await pds.start()
  return admin
}

async function main() {
  process.env.LOG_ENABLED = 'false'
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pantau-pds-'))
  const end = (status) => {
    fs.rmSync(folder, { recursive: true, force: true })
    process.exit(status)
  }
  process.on('SIGTERM', () => end(0))
  process.on('SIGINT', () => end(0))
  process.stdin.on('end', () => end(0))
  process.stdin.resume()

  try {
    const plcPort = await freePort()
    await startPlc(plcPort)
    const port = await freePort()
    const admin = await startPds(port, plcPort, folder, process.argv[2] === 'limited')
    const ready = { pds: `http://127.0.0.1:${port}`, plc: `http://127.0.0.1:${plcPort}`, admin }
    process.stdout.write(`READY ${JSON.stringify(ready)}\n`)
  } catch (error) {
    process.stderr.write(`server.cjs: ${error.stack}\n`)
    end(1)
  }
}

main()
