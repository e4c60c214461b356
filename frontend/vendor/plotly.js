// The part of plotly.js that storybook uses: lines and points, which its core always has. `window.Plotly`.
// Another kind of trace costs what it weighs (bars: 10 KB over the wire): register it here when a page draws it.
import Plotly from 'plotly.js/lib/core';

export default Plotly;
