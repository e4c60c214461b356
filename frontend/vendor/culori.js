// The colour library that plotly.js asks for, with the colour spaces of CSS only (the whole of it is twice as large).
import 'culori/css';

export { converter, formatHex, formatRgb, wcagContrast, wcagLuminance } from 'culori/fn';
