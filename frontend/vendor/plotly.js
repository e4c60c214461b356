// The part of plotly.js that storybook uses: lines and points (always there) and bars. `window.Plotly`.
import Plotly from 'plotly.js/lib/core';
import bar from 'plotly.js/lib/bar';

Plotly.register([bar]);

export default Plotly;
