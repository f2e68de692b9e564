#include "node/node.h"

int main(int argc, char** argv) { return jingwei::node::run_command_line(argc, argv); }
