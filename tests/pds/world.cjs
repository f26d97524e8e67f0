// A made-up world on a test server: node world.cjs PDS_URL FILE SEED begin|change
//
// "begin" makes accounts and their acts and writes to FILE what it did; "change" takes some of it
// back (acts deleted, a handle changed, accounts deactivated and deleted), adds to it, and writes
// FILE anew. Every act says in FILE whether it speaks of a candidate ("flag"); the tests hold
// what ingest found against that. One seed is one world, but for the ids, which the server gives.
'use strict'

const fs = require('node:fs')

const SUBJECTS = 30
const CANDIDATES = 8
const STRANGERS = 12
const PASSWORD = 'made-up'

// mulberry32: small, seeded, and the same everywhere.
function randomOf(seed) {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below)
  }
}

class Server {
  constructor(url) {
    this.url = url
  }

  async call(method, body, token) {
    const headers = { 'content-type': 'application/json' }
    if (token) headers.authorization = `Bearer ${token}`
    const answer = await fetch(`${this.url}/xrpc/${method}`, {
      method: 'POST',
      headers,
      body: body ? JSON.stringify(body) : undefined,
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method}: ${answer.status} ${text}`)
    return text ? JSON.parse(text) : {}
  }
}

class World {
  constructor(server, random, state) {
    this.server = server
    this.random = random
    this.state = state
    this.clock = Date.parse('2024-10-01T01:00:00Z')
  }

  pick(list) {
    return list[this.random(list.length)]
  }

  now() {
    this.clock += 1000 * (1 + this.random(600))
    return new Date(this.clock).toISOString()
  }

  of(role) {
    return this.state.accounts.filter((account) => account.role === role)
  }

  async addAccount(role, number) {
    const handle = `${role}${number}.test`
    const email = `${role}${number}@mail.test`
    const made = await this.server.call('com.atproto.server.createAccount', {
      handle,
      email,
      password: PASSWORD,
    })
    this.state.accounts.push({ role, handle, did: made.did, token: made.accessJwt })
  }

  // Makes a record and remembers it. `flag`: whether it speaks of a candidate.
  async act(account, collection, kind, record, flag) {
    const { uri, cid } = await this.server.call(
      'com.atproto.repo.createRecord',
      {
        repo: account.did,
        collection,
        record: { $type: collection, createdAt: this.now(), ...record },
      },
      account.token,
    )
    const act = { uri, cid, kind, did: account.did, role: account.role, flag, gone: false }
    this.state.acts.push(act)
    return act
  }

  post(account, text, flag) {
    return this.act(account, 'app.bsky.feed.post', 'post', { text, langs: ['id'] }, flag)
  }

  reply(account, to, text) {
    const ref = { uri: to.uri, cid: to.cid }
    const flag = to.role === 'calon'
    return this.act(account, 'app.bsky.feed.post', 'comment', { text, reply: { root: ref, parent: ref } }, flag)
  }

  quote(account, of, text) {
    const embed = { $type: 'app.bsky.embed.record', record: { uri: of.uri, cid: of.cid } }
    return this.act(account, 'app.bsky.feed.post', 'share', { text, embed }, of.role === 'calon')
  }

  like(account, of) {
    const subject = { uri: of.uri, cid: of.cid }
    return this.act(account, 'app.bsky.feed.like', 'like', { subject }, of.role === 'calon')
  }

  repost(account, of) {
    const subject = { uri: of.uri, cid: of.cid }
    return this.act(account, 'app.bsky.feed.repost', 'share', { subject }, of.role === 'calon')
  }

  follow(account, whom) {
    return this.act(account, 'app.bsky.graph.follow', 'follow', { subject: whom.did }, whom.role === 'calon')
  }

  async remove(act) {
    const [did, collection, rkey] = act.uri.slice('at://'.length).split('/')
    const account = this.state.accounts.find((a) => a.did === did)
    await this.server.call('com.atproto.repo.deleteRecord', { repo: did, collection, rkey }, account.token)
    act.gone = true
  }

  // Some acts of everybody, of each kind, towards candidates and towards others.
  async life(account, posts) {
    for (const act of [this.like, this.repost]) {
      const about = new Set()
      for (let i = 2 + this.random(4); i > 0; i--) about.add(this.pick(posts))
      for (const post of about) await act.call(this, account, post)
    }
    const others = this.state.accounts.filter((other) => other !== account)
    const followed = new Set()
    for (let i = 2 + this.random(3); i > 0; i--) followed.add(this.pick(others))
    for (const other of followed) await this.follow(account, other)
    await this.reply(account, this.pick(posts), 'Wah, menarik sekali 🙂')
    await this.quote(account, this.pick(posts), 'Ini yang saya maksud')
    await this.post(account, `Selamat pagi, hujan lagi di kantor ${this.random(1000)}`, false)
    if (this.random(2) === 0) await this.post(account, 'Ayo coblos Ahmad Fulan nomor 1!', true)
  }

  async begin() {
    for (let i = 0; i < SUBJECTS; i++) await this.addAccount('asn', i)
    for (let i = 0; i < CANDIDATES; i++) await this.addAccount('calon', i)
    for (let i = 0; i < STRANGERS; i++) await this.addAccount('warga', i)
    const posts = []
    for (const account of this.state.accounts) {
      if (account.role === 'asn') continue
      for (let i = 0; i < 4; i++) {
        posts.push(await this.post(account, `Kabar ke-${i} dari ${account.handle}`, false))
      }
    }
    for (const account of this.state.accounts) await this.life(account, posts)
    // More than a page of one collection.
    const busy = this.of('asn')[0]
    for (let i = 0; i < 120; i++) await this.post(busy, `Catatan ke-${i}`, false)
    await this.post(busy, 'Mari pilih Ahmad Fulan', true)
  }

  async change() {
    const posts = this.state.acts.filter((act) => act.kind === 'post' && act.role !== 'asn')
    const subjects = this.of('asn')
    for (const account of subjects) {
      const own = this.state.acts.filter((act) => act.did === account.did && !act.gone)
      const flagged = own.filter((act) => act.flag)
      if (flagged.length > 0) await this.remove(this.pick(flagged))
      await this.remove(this.pick(own.filter((act) => !act.gone)))
      await this.like(account, this.pick(posts))
    }
    const renamed = this.of('calon')[1]
    renamed.handle = 'calon1-baru.test'
    await this.server.call('com.atproto.identity.updateHandle', { handle: renamed.handle }, renamed.token)
    await this.follow(subjects[2], renamed)
    // Whoever deactivates an account may come back: none of its acts is gone.
    const asleep = subjects[SUBJECTS - 1]
    await this.server.call('com.atproto.server.deactivateAccount', {}, asleep.token)
    asleep.asleep = true
  }
}

async function main() {
  const [url, file, seed, command] = process.argv.slice(2)
  const server = new Server(url)
  const offset = command === 'change' ? 1 : 0
  const state = command === 'begin' ? { accounts: [], acts: [] } : JSON.parse(fs.readFileSync(file, 'utf8'))
  const world = new World(server, randomOf(Number(seed) * 2 + offset), state)
  if (command === 'change') world.clock = Date.parse('2024-10-20T01:00:00Z')
  await world[command]()
  fs.writeFileSync(file, JSON.stringify(state))
  process.stdout.write(`${state.accounts.length} accounts, ${state.acts.length} acts\n`)
}

main().catch((error) => {
  process.stderr.write(`world.cjs: ${error.stack}\n`)
  process.exit(1)
})
