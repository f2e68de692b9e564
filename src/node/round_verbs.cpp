// Verbs of rounds: run one now, write its digests as mail.
#include <iostream>

#include <fmt/format.h>

#include "node/internal/mail_export.h"
#include "node/internal/verbs.h"
#include "node/node.h"

namespace jingwei::node {
namespace {

int print_round(const digest::Round& round) {
  if (round.state == digest::RoundState::failed) {
    std::cerr << "jingwei: " << sentence(round.failure.value()) << "\n";
    return kRefused;
  }
  const auto& figures = round.figures.value();
  std::cout << fmt::format("{}: {} needs, {} pairs of {} candidates, {} owners of supplies, {} digests in {:.1f} s; {:.1f} % of the best possible\n", round.id, round.needs,
                           round.pairs, figures.candidates, figures.owners, figures.digests, figures.seconds, 100 * figures.share_of_best);
  return kOk;
}

void add_round_run(CLI::App& round, Chosen& chosen) {
  auto* verb = round.add_subcommand("run", "match every need with every supply now, as at night; in a running node an administrator does it");
  auto place = ask_place(*verb);
  verb->callback([=, &chosen] {
    chosen = [=] {
      ServeOptions options;
      options.data = place->data;
      options.store = place->store;
      options.port = 0;
      Node node(options);
      std::int64_t told = -1;
      return print_round(node.run_round([&](const digest::Round& now) {
        if (now.needs_done != told) std::cerr << fmt::format("{} of {} needs\n", told = now.needs_done, now.needs);
      }));
    };
  });
}

void add_round_mail(CLI::App& round, Chosen& chosen) {
  struct Asked {
    std::string id;
    std::string out;
    std::string format = "mbox";
  };
  auto asked = std::make_shared<Asked>();
  auto* verb = round.add_subcommand("mail", "write the digests of a round as mail, one for each account; nothing is sent; the node may go on running");
  auto place = ask_place(*verb);
  verb->add_option("--round", asked->id, "its id; the latest when absent");
  verb->add_option("--out", asked->out, "file to write")->required();
  verb->add_option("--format", asked->format, "mbox: accounts whose login is a mail address; jsonl: all")->capture_default_str()->check(CLI::IsMember({"mbox", "jsonl"}));
  verb->callback([=, &chosen] {
    chosen = [=] {
      const auto exported = export_mail(place->data, place->store, asked->id, asked->format == "mbox", asked->out);
      std::cout << fmt::format("{} letters in {}; {} accounts have no mail address as their login{}\n", exported.written, asked->out, exported.without_address,
                               asked->format == "mbox" && exported.without_address > 0 ? " and are left out" : "");
      return kOk;
    };
  });
}

}  // namespace

void add_round(CLI::App& app, Chosen& chosen) {
  auto* round = app.add_subcommand("round", "match everybody with everybody")->require_subcommand(1);
  add_round_run(*round, chosen);
  add_round_mail(*round, chosen);
}

}  // namespace jingwei::node
