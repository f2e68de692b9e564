// The routes as a tree of path segments. A search follows literals first and falls back to parameters and rests, so it visits
// at most every node once per path; no regular expressions.
#include <algorithm>
#include <map>

#include "base/check.h"
#include "http/http.h"

namespace jingwei::http {
namespace {

bool serves(const Route& route, Method method) {
  return route.method == method || (method == Method::head && route.method == Method::get);
}

/// Removes the first segment and its slash from `rest`, which begins behind a slash.
std::string_view take_segment(std::string_view& rest, bool& last) {
  const auto slash = rest.find('/');
  const auto segment = rest.substr(0, slash);
  last = slash == rest.npos;
  rest.remove_prefix(last ? rest.size() : slash + 1);
  return segment;
}

enum class SegmentKind { literal, parameter, rest };

struct Segment {
  SegmentKind kind;
  std::string_view name;
};

Segment read_segment(std::string_view text) {
  if (!text.starts_with('{')) {
    CHECK(text.find_first_of("{}*%") == text.npos);
    return {SegmentKind::literal, text};
  }
  CHECK(text.ends_with('}') && text.size() > 2);
  text = text.substr(1, text.size() - 2);
  const bool is_rest = text.ends_with('*');
  if (is_rest) text.remove_suffix(1);
  CHECK(!text.empty() && text.find_first_of("{}*") == text.npos);
  return {is_rest ? SegmentKind::rest : SegmentKind::parameter, text};
}

}  // namespace

struct Router::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
  std::unique_ptr<Node> parameter;
  std::vector<const Route*> routes;  ///< that end here
  std::vector<const Route*> rests;   ///< that take everything from here on

  struct Search {
    Method method;
    Found found;
    std::vector<Method> others;  ///< of routes with the path, but another method
  };

  bool pick(const std::vector<const Route*>& candidates, Search& search) const {
    for (const auto* route : candidates) {
      if (serves(*route, search.method)) {
        search.found.route = route;
        return true;
      }
      search.others.push_back(route->method);
    }
    return false;
  }

  bool search(std::string_view rest, std::size_t values, Search& search) const {
    const auto whole = rest;
    bool last = false;
    const auto segment = take_segment(rest, last);
    const auto step = [&](const Node& next, std::size_t count) {
      return last ? next.pick(next.routes, search) : next.search(rest, count, search);
    };
    if (const auto at = literals.find(segment); at != literals.end() && step(*at->second, values)) return true;
    if (parameter && !segment.empty()) {
      search.found.values[values] = segment;
      if (step(*parameter, values + 1)) return true;
    }
    if (whole.empty() || rests.empty()) return false;
    search.found.values[values] = whole;
    return pick(rests, search);
  }
};

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;

void Router::insert(std::unique_ptr<Route> route) {
  CHECK(route->pattern.starts_with('/'));
  Node* node = root_.get();
  std::string_view rest = std::string_view(route->pattern).substr(1);
  bool last = false;
  bool is_rest = false;
  while (!last) {
    const auto segment = read_segment(take_segment(rest, last));
    if (segment.kind != SegmentKind::literal) {
      CHECK(std::find(route->parameters.begin(), route->parameters.end(), segment.name) == route->parameters.end());
      route->parameters.emplace_back(segment.name);
      CHECK(route->parameters.size() <= kPathParametersMax);
    }
    if (segment.kind == SegmentKind::rest) {
      CHECK(last);
      is_rest = true;
      break;
    }
    auto& next = segment.kind == SegmentKind::parameter ? node->parameter : node->literals[std::string(segment.name)];
    if (!next) next = std::make_unique<Node>();
    node = next.get();
  }
  auto& routes = is_rest ? node->rests : node->routes;
  for (const auto* other : routes) CHECK(other->method != route->method);
  routes.push_back(route.get());
  routes_.push_back(std::move(route));
}

void Router::add(Method method, std::string_view pattern, SyncHandler handler, RouteDoc doc) {
  insert(std::make_unique<Route>(method, std::string(pattern), std::vector<std::string>{}, std::move(handler), std::move(doc)));
}

void Router::add(Method method, std::string_view pattern, AsyncHandler handler, RouteDoc doc) {
  insert(std::make_unique<Route>(method, std::string(pattern), std::vector<std::string>{}, std::move(handler), std::move(doc)));
}

void Router::add_stream(std::string_view pattern, StreamHandler handler, RouteDoc doc) {
  insert(std::make_unique<Route>(Method::get, std::string(pattern), std::vector<std::string>{}, std::move(handler), std::move(doc)));
}

void Router::set_fallback(SyncHandler handler) {
  fallback_ = std::make_unique<Route>(Method::get, "", std::vector<std::string>{}, std::move(handler), RouteDoc{});
}

Router::Found Router::find(Method method, std::string_view path) const {
  Node::Search search{method, {}, {}};
  if (!path.starts_with('/') || root_->search(path.substr(1), 0, search)) return std::move(search.found);
  auto& others = search.others;
  if (others.empty()) {
    if (fallback_ && serves(*fallback_, method)) search.found.route = fallback_.get();
    return std::move(search.found);
  }
  if (std::find(others.begin(), others.end(), Method::get) != others.end()) others.push_back(Method::head);
  others.push_back(Method::options);
  std::sort(others.begin(), others.end());
  others.erase(std::unique(others.begin(), others.end()), others.end());
  for (const auto other : others) {
    if (!search.found.allow.empty()) search.found.allow += ", ";
    search.found.allow += method_name(other);
  }
  return std::move(search.found);
}

}  // namespace jingwei::http
