// Charts and graph come with libraries that most sessions never need: they are fetched when they are opened.
import { useEffect, useState } from 'preact/hooks';
import { complain } from '../core/toast.jsx';
import { Loading } from '../core/widgets.jsx';

const later = (load, name) => function Later(given) {
  const [View, setView] = useState(null);
  useEffect(() => { load().then((module) => setView(() => module[name]), complain); }, []);
  return View ? <View {...given} /> : <Loading />;
};

export const Statistics = later(() => import('./statistics.jsx'), 'Statistics');
export const Graph = later(() => import('./graph.jsx'), 'Graph');
