// Draws every element with data-map: own GeoJSON, no tiles, popups built from text nodes.
//
//   data-base        address of a GeoJSON with areas drawn as ground (provinces); property "name", optional "url"
//   data-points      address of a GeoJSON with clusters: points (or polygons); properties "name", "url", "tone",
//                    "approximate", and "facts": [[term, value], ...]
//   data-attribution the line that names the sources
//   data-tiles       optional address pattern of a tile server of one's own (same origin)
//   data-zoom-in, data-zoom-out, data-group-label ("# clusters")   words for the controls
//   data-fit         show the points from near, not the whole ground
//   data-follow      id of a filter form: after it changes, the points are asked for again with its values

const L = window.L;
const GROUPING_DISTANCE = 48; // pixels: marks nearer than this are shown as one with their number
const AREAS_SPEAK_FROM = 13; // from this zoom a drawn boundary needs no mark on it

async function load(address) {
  const response = await fetch(address, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function popup(properties) {
  const box = element("div");
  const title = element(properties.url ? "a" : "span", "map-popup-title", properties.name);
  if (properties.url) title.href = properties.url;
  box.append(title);
  if (properties.facts?.length) {
    const facts = element("dl", "map-popup-facts");
    properties.facts.forEach(([term, value]) => facts.append(element("dt", "", term), element("dd", "", value)));
    box.append(facts);
  }
  return box;
}

function dot(feature, position) {
  const made = L.marker(position, {
    icon: L.divIcon({ className: "map-dot", iconSize: [16, 16] }), title: feature.properties.name, alt: feature.properties.name, riseOnHover: true,
  });
  made.on("add", () => {
    made.getElement().dataset.tone = feature.properties.tone ?? "";
    made.getElement().toggleAttribute("data-approximate", Boolean(feature.properties.approximate));
  });
  return made.bindPopup(() => popup(feature.properties));
}

function group(map, members, label) {
  const bounds = L.latLngBounds(members.map((one) => one.position));
  const size = members.length < 10 ? 30 : members.length < 100 ? 38 : 46;
  const made = L.marker(members[0].position, { icon: L.divIcon({ className: "map-group", iconSize: [size, size], html: element("span", "", String(members.length)) }),
    title: label.replace("#", members.length), alt: label.replace("#", members.length) });
  return made.on("click", () => map.fitBounds(bounds.pad(0.3), { maxZoom: Math.max(map.getZoom() + 3, 9) }));
}

// Marks nearer than GROUPING_DISTANCE become one, which stands where its first member stands: so no two lie on each other.
function arrange(map, layer, points, label) {
  layer.clearLayers();
  const groups = [];
  const apart = map.getZoom() >= map.getMaxZoom() - 2;
  points.forEach((one) => {
    const at = map.project(one.position);
    const near = !apart && groups.find((other) => at.distanceTo(other.at) < GROUPING_DISTANCE);
    if (near) near.members.push(one);
    else groups.push({ at, members: [one] });
  });
  const areasSpeak = map.getZoom() >= AREAS_SPEAK_FROM;
  groups.filter(({ members }) => !(areasSpeak && members.length === 1 && members[0].area)).forEach(({ members }) => layer.addLayer(members.length === 1 ? dot(members[0].feature, members[0].position) : group(map, members, label)));
}

async function draw(frame) {
  const { base, points, tiles, attribution, zoomIn, zoomOut, groupLabel, follow } = frame.dataset;
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(frame, { zoomControl: false, attributionControl: false, minZoom: 4, maxZoom: 17, zoomSnap: 0.25, zoomDelta: 1, zoomAnimation: !still, fadeAnimation: !still, scrollWheelZoom: false });
  map.setView([16.2, 106.3], 5);
  map.on("focus", () => map.scrollWheelZoom.enable()).on("blur", () => map.scrollWheelZoom.disable());
  L.control.zoom({ zoomInTitle: zoomIn, zoomOutTitle: zoomOut }).addTo(map);
  L.control.attribution({ prefix: false }).addTo(map).addAttribution(attribution ?? "");
  if (tiles) L.tileLayer(tiles).addTo(map);
  if (base) {
    const ground = L.geoJSON(await load(base), {
      style: () => ({ className: "map-province" }),
      onEachFeature: (feature, layer) => layer.bindPopup(() => popup(feature.properties)),
    }).addTo(map);
    map.fitBounds(ground.getBounds(), { padding: [8, 8], animate: false });
  }
  if (!points) return;
  const areas = L.layerGroup().addTo(map);
  const marks = L.layerGroup().addTo(map);
  let shown = [];
  const show = async (address, fit) => {
    const features = (await load(address)).features;
    areas.clearLayers();
    shown = features.filter((feature) => feature.geometry).map((feature) => {
      if (feature.geometry.type === "Point") return { feature, position: L.latLng(feature.geometry.coordinates[1], feature.geometry.coordinates[0]) };
      const area = L.geoJSON(feature, { style: () => ({ className: feature.properties.approximate ? "map-area map-area-approximate" : "map-area" }) });
      areas.addLayer(area.bindPopup(() => popup(feature.properties)));
      return { feature, position: area.getBounds().getCenter(), area };
    });
    if (fit && shown.length) map.fitBounds(L.latLngBounds(shown.map((one) => one.area?.getBounds() ?? L.latLngBounds(one.position, one.position)).reduce((all, one) => all.extend(one))), { padding: [24, 24], maxZoom: shown.some((one) => one.area) ? 15 : 8.5, animate: false });
    arrange(map, marks, shown, groupLabel ?? "#");
  };
  await show(points, !base || "fit" in frame.dataset);
  map.on("zoomend", () => arrange(map, marks, shown, groupLabel ?? "#"));
  const form = follow && document.getElementById(follow);
  form?.addEventListener("htmx:afterRequest", () => show(`${points.split("?")[0]}?${new URLSearchParams(new FormData(form))}`, true));
}

document.querySelectorAll("[data-map]").forEach((frame) => {
  draw(frame).catch((error) => {
    frame.classList.remove("map");
    frame.textContent = frame.dataset.failed ?? "";
    console.error(error);
  });
});
