import './ui/tokens.css';
import './ui/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';

const place = document.getElementById('app');
if (place === null) throw new Error('index.html has no element "app"');
createRoot(place).render(<App />);
