// meaning_bench [--documents N] [--dimensions D]: the graph of vectors under filters that pass a share of them, against comparing all of
// what passes, and against asking for ten times as many without a filter and dropping what does not pass. Vectors lie around 200 middles.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <set>
#include <string>

#include "match/meaning.h"

namespace jingwei::match::bench {
namespace {

constexpr std::size_t kWanted = 100;
constexpr std::size_t kOverFetch = 10;
constexpr int kQueries = 100;
constexpr std::size_t kMiddles = 200;

using Clock = std::chrono::steady_clock;
using Vectors = std::vector<std::vector<float>>;

std::vector<float> around(std::mt19937& random, const std::vector<float>* middle, std::size_t dimensions) {
  std::normal_distribution<float> number;
  std::vector<float> vector(dimensions);
  double squares = 0;
  for (std::size_t i = 0; i < dimensions; ++i) {
    vector[i] = middle != nullptr ? number(random) * 0.8F + (*middle)[i] : number(random);
    squares += static_cast<double>(vector[i]) * vector[i];
  }
  if (middle != nullptr)
    for (float& one : vector) one = static_cast<float>(one / std::sqrt(squares));
  return vector;
}

float cosine(const std::vector<float>& a, const std::vector<float>& b) {
  float sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

std::set<std::size_t> truth(const Vectors& vectors, const std::vector<float>& query, std::size_t every) {
  std::vector<std::pair<float, std::size_t>> all;
  for (std::size_t i = 0; i < vectors.size(); i += every) all.emplace_back(-cosine(query, vectors[i]), i);
  std::sort(all.begin(), all.end());
  std::set<std::size_t> best;
  for (std::size_t i = 0; i < std::min(kWanted, all.size()); ++i) best.insert(all[i].second);
  return best;
}

struct Row {
  double share_found = 0;
  double milliseconds = 0;
};

/// `search(query) -> numbers of the vectors found`.
Row measure(const Vectors& vectors, const Vectors& queries, std::size_t every, auto&& search) {
  Row row;
  for (const auto& query : queries) {
    const auto begun = Clock::now();
    const std::vector<std::size_t> found = search(query);
    row.milliseconds += std::chrono::duration<double, std::milli>(Clock::now() - begun).count() / kQueries;
    const auto best = truth(vectors, query, every);
    double hits = 0;
    for (const auto one : found) hits += best.contains(one) ? 1 : 0;
    row.share_found += hits / static_cast<double>(best.size()) / kQueries;
  }
  return row;
}

void run(std::size_t documents, std::size_t dimensions) {
  std::mt19937 random(20260121);
  Vectors middles, vectors, queries;
  for (std::size_t i = 0; i < kMiddles; ++i) middles.push_back(around(random, nullptr, dimensions));
  for (std::size_t i = 0; i < documents; ++i) vectors.push_back(around(random, &middles[random() % kMiddles], dimensions));
  for (int i = 0; i < kQueries; ++i) queries.push_back(around(random, &middles[random() % kMiddles], dimensions));

  Meanings meanings;
  meanings.begin(dimensions);
  const auto begun = Clock::now();
  for (std::size_t i = 0; i < documents; ++i) meanings.put(std::to_string(i), vectors[i]);
  const double seconds = std::chrono::duration<double>(Clock::now() - begun).count();
  std::printf("%zu vectors of %zu numbers: %.2f ms each to add, %.0f MB\n", documents, dimensions, seconds * 1000 / static_cast<double>(documents),
              static_cast<double>(meanings.bytes()) / 1e6);
  std::printf("passes   walk: found  ms    over-fetch: found  ms    all compared: ms\n");
  for (const std::size_t every : {1, 10, 100, 1000}) {
    const auto passes = [&](std::size_t i) { return i % every == 0; };
    const Row walk = measure(vectors, queries, every, [&](const auto& query) {
      std::vector<std::size_t> found;
      for (const auto& one : meanings.nearest(query, kWanted, [&](std::string_view id) { return passes(std::strtoul(id.data(), nullptr, 10)); }))
        found.push_back(std::stoul(one.id));
      return found;
    });
    const Row fetched = measure(vectors, queries, every, [&](const auto& query) {
      std::vector<std::size_t> found;
      for (const auto& one : meanings.nearest(query, kWanted * (every == 1 ? 1 : kOverFetch), [](std::string_view) { return true; }))
        if (const auto i = std::stoul(one.id); passes(i)) found.push_back(i);
      return found;
    });
    const Row compared = measure(vectors, queries, every, [&](const auto& query) {
      const auto best = truth(vectors, query, every);
      return std::vector<std::size_t>(best.begin(), best.end());
    });
    std::printf("%5.1f %%   %.3f %9.2f    %.3f %14.2f    %14.2f\n", 100.0 / static_cast<double>(every), walk.share_found, walk.milliseconds,
                fetched.share_found, fetched.milliseconds, compared.milliseconds);
  }
}

}  // namespace
}  // namespace jingwei::match::bench

int main(int argc, char** argv) {
  std::size_t documents = 100'000;
  std::size_t dimensions = 256;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (std::string(argv[i]) == "--documents") documents = std::strtoul(argv[i + 1], nullptr, 10);
    else if (std::string(argv[i]) == "--dimensions") dimensions = std::strtoul(argv[i + 1], nullptr, 10);
  }
  jingwei::match::bench::run(documents, dimensions);
}
