// The frame around every view: who is signed in, where one can go, and the keys that hold everywhere.
import { useEffect, useState } from 'preact/hooks';
import { post, whenSignedOut } from './core/api.js';
import { currentLanguage, languages, t, useLanguage } from './core/i18n.js';
import { useKeys } from './core/keys.js';
import { go, to, useRoute } from './core/router.js';
import { Toasts, faultText, undoLast } from './core/toast.jsx';
import { Loading, Outside } from './core/widgets.jsx';
import { Help } from './help.jsx';
import { Account } from './session/account.jsx';
import { current, signOut, viewsOf } from './session/session.js';
import { SignIn } from './session/sign_in.jsx';
import { views } from './views.jsx';

function Languages({ onChange }) {
  return (
    <div class="languages" role="group" aria-label={t('language')}>
      {languages.map((language) => (
        <button key={language} type="button" class="quiet" lang={language} aria-pressed={language === currentLanguage()}
          onClick={() => onChange(language)}>{language.toUpperCase()}</button>
      ))}
    </div>
  );
}

function Header({ session, view, onLanguage, onHelp, onSignOut }) {
  return (
    <header class="top">
      <a class="brand" href="#/"><img src="mark.svg" alt="" width="26" height="26" />Pantau</a>
      <nav aria-label={t('nav.label')}>
        {session && viewsOf(session).map(({ name }) => (
          <a key={name} href={to(name)} aria-current={view === name ? 'page' : undefined}>{t(`nav.${name}`)}</a>
        ))}
      </nav>
      <div class="me">
        <Languages onChange={onLanguage} />
        {session && (
          <>
            <button type="button" class="quiet" onClick={onHelp} aria-label={t('help.title')}>?</button>
            <a href={to('account')} aria-current={view === 'account' ? 'page' : undefined}><Outside text={session.staff.name} /></a>
            <button type="button" class="quiet" onClick={onSignOut}>{t('sign_out')}</button>
          </>
        )}
      </div>
    </header>
  );
}

function Frame({ session, onHelp }) {
  const [view, ...rest] = useRoute();
  const allowed = viewsOf(session).map(({ name }) => name);
  const shown = view === 'account' ? view : allowed.includes(view) ? view : (allowed[0] ?? 'account');
  const View = shown === 'account' ? Account : views[shown];
  useKeys({
    '?': onHelp,
    z: undoLast,
    g: () => allowed.includes('graph') && go('graph'),
    m: () => document.querySelector('.top nav a')?.focus(),
  });
  useEffect(() => { document.title = `${t(`nav.${shown}`)} · Pantau`; });
  return <main id="main" class={`view ${shown}`} tabIndex={-1}><View session={session} rest={shown === view ? rest : []} /></main>;
}

export function App() {
  const [session, setSession] = useState(undefined);
  const [fault, setFault] = useState(null);
  const [language, setLanguage] = useState('id');
  const [help, setHelp] = useState(false);
  const [view] = useRoute();
  useLanguage(language);
  useEffect(() => {
    whenSignedOut(() => setSession(null));
    current().then((found) => {
      setSession(found);
      if (found?.language) setLanguage(found.language);
    }, setFault);
  }, []);
  const onLanguage = (wanted) => {
    setLanguage(wanted);
    if (session) post('/session/language', { language: wanted }).catch(() => {});
  };
  const onSession = (found) => {
    setSession(found);
    if (found.language) setLanguage(found.language);
  };
  const onSignOut = async () => {
    await signOut();
    setSession(null);
    location.hash = '';
  };
  return (
    <div class="app" key={language}>
      <a class="skip" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById('main')?.focus(); }}>{t('skip')}</a>
      <Header session={session} view={view} onLanguage={onLanguage} onHelp={() => setHelp(true)} onSignOut={onSignOut} />
      {fault && <main class="welcome" id="main"><p class="fault" role="alert">{faultText(fault)}</p></main>}
      {!fault && session === undefined && <main class="welcome" id="main"><Loading /></main>}
      {!fault && session === null && <SignIn onSession={onSession} />}
      {session && <Frame session={session} onHelp={() => setHelp(true)} />}
      {help && <Help onClose={() => setHelp(false)} />}
      <Toasts />
    </div>
  );
}
