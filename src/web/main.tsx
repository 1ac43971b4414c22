import './ui/tokens.css';
import './ui/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { reloadWhenUpdated } from './app/updates.ts';

const place = document.getElementById('app');
if (place === null) throw new Error('index.html has no element "app"');
reloadWhenUpdated();
createRoot(place).render(<App />);
