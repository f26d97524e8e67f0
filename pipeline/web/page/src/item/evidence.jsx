// The raw record, and what was received over the network when it was captured.
import { fileAddress } from '../core/api.js';
import { dateTime } from '../core/format.js';
import { t } from '../core/i18n.js';
import { Outside } from '../core/widgets.jsx';

const Row = ({ name, value }) => (value == null || value === '' ? null : <div><dt>{t(name)}</dt><dd><Outside text={String(value)} /></dd></div>);

export function Evidence({ item }) {
  const { captures, flag } = item;
  const source = flag?.source ?? {};
  return (
    <section class="card pane" aria-label={t('item.evidence')}>
      <dl class="facts narrow">
        <Row name="evidence.key" value={item.key} />
        <Row name="evidence.mandate" value={item.mandate} />
        <Row name="evidence.sweep" value={item.sweep} />
        <Row name="evidence.file" value={source.file && `${source.file}:${source.line ?? '–'}`} />
        <Row name="evidence.sha256" value={source.sha256} />
        <Row name="evidence.request" value={captures?.request} />
        <Row name="evidence.status" value={captures?.status} />
        <Row name="evidence.received_at" value={captures?.received_at && dateTime(captures.received_at)} />
        <Row name="evidence.server_time" value={captures?.server_time && dateTime(captures.server_time)} />
        <Row name="evidence.clock_ms" value={captures?.clock_ms} />
        <Row name="evidence.body_sha256" value={captures?.body_sha256} />
        <Row name="evidence.received_sha256" value={captures?.received_sha256} />
      </dl>
      {!captures && <p class="sub">{t('evidence.no_capture')}</p>}
      {captures && <p><a class="button" href={fileAddress(`/items/${encodeURIComponent(item.item)}/received`)} download>{t('evidence.received')}</a></p>}
      <h4>{t('evidence.record')}</h4>
      <pre tabIndex={0}>{JSON.stringify(flag?.record ?? {}, null, 2)}</pre>
    </section>
  );
}
